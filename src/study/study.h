// A study: what an experiment file asks for, resolved; nothing here knows where it was written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "model/calendar_quarter.h"
#include "model/rules.h"
#include "population/recipe.h"
#include "population/request.h"
#include "random/draw.h"
#include "study/design.h"
#include "study/ensemble.h"
#include "study/question.h"
#include "study/uncertain.h"

namespace rathaus::study {

/// Where a number of the model comes from, for the result file and the tables of assumptions.
struct Evidence {
  std::string name;    //!< as in [parameters] or [coefficients]
  std::string symbol;  //!< may be empty
  std::string unit;
  std::string meaning;
  double value{};        //!< in this study
  double standard{};     //!< default of the model
  double low{}, high{};  //!< plausible range
  std::string grade;     //!< A … D
  std::string source;
  std::string note;   //!< may be empty
  bool given = true;  //!< by the model; else it stands where its mechanism is off
};

/// Per-unit records of some replicates.
struct PanelRequest {
  std::vector<std::uint32_t> replicates;
  std::uint32_t every = 4;  //!< [quarter]
};

/// A policy: which programmes run. Scenarios differ in nothing else.
struct Scenario {
  std::string name;
  std::vector<model::Programme> programmes;  //!< in the order in which the scenario names them
};

/// What was to be reached, declared before the run and judged after it.
struct Target {
  std::string indicator;  //!< as in the result file
  analysis::UnitClass of;
  bool share = false;  //!< of the units of the class (adopters) or of its inhabitants
  std::optional<double> start;
  std::int32_t by = 0;                      //!< quarter of the run
  std::optional<double> at_least, at_most;  //!< exactly one of them
};

/// A class of units that the file names and the population must have.
struct Mention {
  std::string group;  //!< size_class, land or region
  std::string label;
  std::string name;  //!< of the value, for messages: "programme.advice.eligible.land"
  Place place;
};

/// How well gains are to be known; see Stopping.
struct StoppingRule {
  std::string indicator;      //!< as in the result file, summed over all units
  std::uint32_t quarter = 0;  //!< of the run
  double half_width{};        //!< of the paired gain, in the unit of the indicator
  double confidence = 0.95;
};

struct OutputRequest {
  std::vector<std::string> groups;  //!< beside size_class: land, fiscal_class, crossed ones
  bool fixed_demand = false;        //!< run every scenario once more with rebound_form = none
  bool first_operation = true;
  std::optional<PanelRequest> panel;
};

/// A file that the study was read from.
struct Input {
  std::string path;  //!< as the user wrote it
  std::uint64_t bytes{};
  std::string sha256;
  std::string file{};  //!< where it was read; empty in a result
};

/// A rival theory: the rules of the experiment with some choices replaced; never averaged over.
struct Alternative {
  std::string name = "default";   //!< "decision_rule=threshold"
  std::vector<std::string> sets;  //!< what it replaces, as --set would: KEY=VALUE
  model::Rules rules;             //!< without programmes
};

struct Study;

/// The quarters that a run computes: the spin-up and the results.
std::uint32_t simulated_quarters(const Study& study);
/// The calendar quarter in which a run begins, where the model is calibrated for.
model::CalendarQuarter first_simulated(const Study& study);

/// The first quarter in which a scenario may support what the baseline does not: the earliest
/// window of a programme that the baseline does not run; of any programme, if there is no such;
/// else 0.
std::uint32_t support_start(const Study& study);

/// One (alternative, point, replicate), with all its scenarios and their twins: what is computed in
/// one go, and the unit of shards, resume and failure.
struct CaseId {
  std::uint32_t alternative = 0;
  std::uint32_t point = 0;
  std::uint32_t replicate = 0;
};

/// Cases in the order of the result: replicates outermost, so that an interrupted study is
/// balanced.
std::uint64_t case_count(const Study& study);
CaseId case_at(const Study& study, std::uint64_t number);
std::uint64_t case_number(const Study& study, const CaseId& id);

/// How many of the uncertain numbers come from ensembles: the first ones.
std::size_t joint_numbers(const Study& study);

/// The uncertain numbers at one point under one theory; NaN where the theory's own value stands.
std::span<const double> values_at(const Study& study, std::size_t alternative, std::size_t point);

/// Rules of a scenario at one point under one theory; of its twin, if demand is held fixed.
model::Rules rules_of(const Study& study, const CaseId& id, std::size_t scenario,
                      bool fixed_demand);

/// The key of the chance events of a case [ODD eq. 49].
random::Key key_of(const Study& study, const CaseId& id);

/// Worlds that a study draws: 1 unless [population] redraw asks for more. They are numbered like
/// cases, replicates outermost, so that more replicates of a study change none.
std::uint64_t world_count(const Study& study);
std::uint64_t world_of(const Study& study, const CaseId& id);
/// The first case in a world.
CaseId case_in_world(const Study& study, std::uint64_t world);
/// The key that draws the world of a case [ODD eq. 49].
random::Key world_key_of(const Study& study, const CaseId& id);

struct Study {
  std::string title, title_de;  //!< in both languages; the same where one is given
  Question question;
  std::string model;         //!< name of the model
  std::string model_folder;  //!< empty: the model stands in the experiment
  population::Request population;
  population::Recipe recipe;
  model::CalendarQuarter start;  //!< of the results; rules.spin_up quarters come before it
  std::uint32_t quarters{};      //!< of the results, 1 … 240 with the spin-up
  std::int32_t prices_of{};      //!< price year, a label
  double discount{};             //!< [1/year]
  model::Rules rules;            //!< without programmes
  std::vector<Alternative>
      alternatives;                  //!< at least one; the first holds `rules` if there are none
  std::vector<Uncertain> uncertain;  //!< sampled, the same draw in every scenario
  std::vector<Ensemble> ensembles;   //!< where the first of them come from: none, one, or one for
                                     //!< each alternative
  Design design;
  Doubt doubt = Doubt::none;
  std::vector<Evidence> parameters;    //!< in the order of model::parameter_fields()
  std::vector<Evidence> coefficients;  //!< in the order of model::coefficient_fields()
  std::vector<Evidence> gains;         //!< of the programmes that run, where the catalogue has
                                       //!< evidence: name = "advice.ports.coop"
  std::vector<Scenario> scenarios;     //!< at least one
  std::uint32_t baseline = 0;          //!< index of the scenario that the others are paired with
  std::vector<Target> targets;
  std::vector<Mention> mentions;
  std::uint32_t replicates = 1;  //!< planned: at most so many, where there is a rule
  std::uint32_t at_least = 1;    //!< not judged before
  std::optional<StoppingRule> until;
  std::uint64_t seed{};
  OutputRequest output;

  // provenance
  std::string experiment_text;  //!< the file, verbatim
  std::string resolved_text;    //!< the experiment as one TOML that stands alone
  std::string model_sha256;     //!< of the model's numbers
  std::vector<Input> inputs;
  std::vector<std::string> overrides;  //!< --set, as given
  std::vector<std::string> warnings;   //!< what looks odd
  std::vector<std::string> notes;      //!< what was assumed or drawn
};

}  // namespace rathaus::study
