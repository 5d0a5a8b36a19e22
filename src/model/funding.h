// What support programmes do in a run: pots, supported units, applications [ODD section 7.23].
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/programmes.h"

namespace rathaus::model {

/// The money of one programme, in exact cents: what was ever refilled equals what was ever paid and
/// returned and what remains [eq. 62].
struct Pot {
  Cents remaining = 0;  //!< of an unlimited pot always 0
  bool filled_once = false;
  bool open = false;
  bool announced = false;
  std::int32_t opens_in = 0;  //!< until the announced call opens [quarter]
  double weights = 0.0;       //!< under `formula`: of all that would be entitled [eq. 64]
  // applications of the last quarter with any
  std::uint32_t filed = 0, accepted = 0;
  // flows of this quarter
  Cents refilled = 0;
  Cents paid = 0;
  Cents returned = 0;
  Cents requested = 0;  //!< by applications; of a stock programme what it pays
  Cents granted = 0;    //!< with the applications that were accepted; what has no slot is not paid
  std::uint32_t applications = 0, awards = 0;
};

/// How far a programme has reached a unit; flags stay once they are set.
enum Reach : std::uint8_t {
  reach_eligible = 1,       //!< in an open quarter
  reach_applied = 2,        //!< filed an application, drew on an entitlement, or was supported
  reach_awarded = 4,        //!< an application was accepted, or the unit was supported
  reach_awarded_own = 8,    //!< accepted although it would have started without
  reach_rejected = 16,      //!< an application was refused
  reach_waited = 32,        //!< a launch was postponed because a call was announced
  reach_in_operation = 64,  //!< ran a service since its first award
  reach_lasting = 128,      //!< ran a service 20 quarters after its first award
};

/// What is counted of the reach of a programme, distinct units so far.
inline constexpr std::array<const char*, 9> reach_names{
    "eligible", "aware",        "applied",
    "awarded",  "awarded_own",  "rejected",
    "waited",   "in_operation", "in_operation_after_5_years"};

/// Reach is counted by size class, then by fiscal class.
inline constexpr std::size_t reach_classes = size_class_names.size() + fiscal_class_names.size();

/// What the programmes that act on a unit make of each port in a quarter: a sum of gains, or what
/// is left. Without any, all is neutral and every equation gives the bits of a world without
/// programmes [eq. 59].
struct Support {
  std::array<double, port_names.size()> ports;  //!< [port]

  Support();
  double operator[](Port port) const { return ports[static_cast<std::size_t>(port)]; }
  /// One more programme acts on the unit.
  void combine(Port port, double gain);
};

inline const Support unsupported;

struct Funding {
  std::vector<Pot> pot;                   //!< [programme]
  std::uint32_t open = 0, announced = 0;  //!< bit k, as in the pots

  // bits of programmes, per unit
  std::vector<std::uint32_t> eligible;   //!< for those that are open or announced
  std::vector<std::uint32_t> acting;     //!< ports other than EVID act on the unit
  std::vector<std::uint32_t> informing;  //!< EVID acts on the unit
  std::vector<std::uint32_t> site;       //!< the unit is a site
  std::uint32_t sited = 0;               //!< sites were chosen

  // [programme][unit]; empty where the programme has no use for it
  std::vector<std::vector<Cents>> entitlement;  //!< formula: what is left of it
  std::vector<std::vector<std::uint8_t>> reach;
  std::vector<std::vector<std::int16_t>> first_award;  //!< quarter, -1 never

  // what each unit got
  std::vector<Cents> support;               //!< [unit] grants and stock payments so far
  std::vector<std::uint32_t> supported_by;  //!< [unit] bit k: got money of it
  std::vector<std::int16_t> first_support;  //!< [unit] quarter, -1 never

  /// A programme pays for a unit.
  void book(BudgetKind kind, std::size_t programme, std::uint32_t unit, Cents amount,
            std::int32_t quarter);
};

/// The part of an order or transition that asks a programme for money.
struct Application {
  std::uint8_t programme = no_programme;
  bool own = true;  //!< goes on without a grant if it is refused
  Cents grant = 0;
  double key = 0.0;  //!< larger is served first [eq. 67]
};

}  // namespace rathaus::model
