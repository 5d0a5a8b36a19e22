// Run records as bytes and back, for case logs: native byte order, read by the build that wrote
// them.
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "study/case.h"

namespace rathaus::record {

/// Appends values to a string.
class ByteWriter {
 public:
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void operator()(const T& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  void operator()(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    (*this)(static_cast<std::uint64_t>(values.size()));
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Takes them off again. Their checksum was right, so that they can only be too few if another
/// build wrote them: std::length_error.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  requires std::is_trivially_copyable_v<T>
  void operator()(T& value) { std::memcpy(&value, take(sizeof value).data(), sizeof value); }
  template <class T>
  void operator()(std::vector<T>& values) {
    std::uint64_t size = 0;
    (*this)(size);
    if (size > bytes_.size() / sizeof(T)) throw std::length_error("a record is too short");
    values.resize(size);
    const std::string_view raw = take(size * sizeof(T));
    if (!raw.empty()) std::memcpy(values.data(), raw.data(), raw.size());
  }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) throw std::length_error("a record is too short");
    const std::string_view raw = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return raw;
  }

  std::string_view bytes_;
};

/// Everything of a run that is written to the result, in one order for both directions.
template <class Archive, class Record>
void archive(Archive& a, Record& run) {
  a(run.scenario);
  a(run.id);
  a(run.fixed_demand);
  a(run.wall_time);
  auto& o = run.outcome;
  a(o.rows);
  a(o.services);
  a(o.contracts_renewed);
  a(o.contracts_switched);
  a(o.vendor_base);
  a(o.vendor_price);
  a(o.hhi_national);
  a(o.hhi_local);
  a(o.morans_i);
  a(o.first_operation);
  a(o.pots);
  a(o.reach);
  auto& p = run.pairing;
  a(p.count);
  a(p.amount);
  a(p.by_programme);
  a(p.funded_quarters);
  a(p.funded_quarters_baseline);
  a(p.accelerated_quarters);
  a(p.quarters_gained);
  a(p.quarters_lost);
  a(p.concentration_index);
}

template <class Archive, class PanelType>
void archive_panel(Archive& a, PanelType& panel) {
  a(panel.stage);
  a(panel.vendor);
  a(panel.lock_in);
  a(panel.maturity);
  a(panel.reserve);
  a(panel.staff);
  a(panel.data);
  a(panel.trust);
}

inline std::string to_bytes(const std::vector<study::RunRecord>& runs) {
  ByteWriter writer;
  for (const study::RunRecord& run : runs) {
    archive(writer, run);
    writer(run.panel.has_value());
    if (run.panel) archive_panel(writer, *run.panel);
  }
  return writer.bytes();
}

inline std::vector<study::RunRecord> from_bytes(std::string_view bytes) {
  ByteReader reader(bytes);
  std::vector<study::RunRecord> runs;
  while (!reader.at_end()) {
    study::RunRecord& run = runs.emplace_back();
    archive(reader, run);
    bool has_panel = false;
    reader(has_panel);
    if (has_panel) archive_panel(reader, run.panel.emplace());
  }
  return runs;
}

}  // namespace rathaus::record
