#include "record/case_log.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace rathaus::record {
namespace {

constexpr files::LogKind kind{"rathaus-cases 2\n", "cases", "compute the shard anew"};

std::string text_of(const LogHeader& header) {
  return nlohmann::json{{"fingerprint", header.fingerprint},
                        {"k", header.shard.k},
                        {"n", header.shard.n},
                        {"study", header.study}}
      .dump();
}

}  // namespace

std::string Shard::file_name() const {
  return fmt::format("{}-of-{}.cases", k, n);
}

CaseLog::CaseLog(files::RecordLog log) : log_(std::move(log)) {
  const nlohmann::json json = nlohmann::json::parse(log_.header());
  header_ = {json.at("fingerprint"), {json.at("k"), json.at("n")}, json.at("study")};
}

CaseLog CaseLog::create(const std::filesystem::path& path, const LogHeader& header) {
  return CaseLog(files::RecordLog::create(path, kind, text_of(header)));
}

CaseLog CaseLog::resume(const std::filesystem::path& path) {
  return CaseLog(files::RecordLog::resume(path, kind));
}

CaseLog CaseLog::open(const std::filesystem::path& path) {
  return CaseLog(files::RecordLog::open(path, kind));
}

void CaseLog::append(std::uint64_t number, const std::vector<RunValues>& runs) {
  log_.append(number, false, to_bytes(runs));
}

void CaseLog::append(const Failure& failure) {
  log_.append(failure.number, true, failure.message);
}

std::vector<RunValues> CaseLog::read(std::uint64_t number) const {
  return log_.flag(number) ? std::vector<RunValues>{} : from_bytes(log_.payload(number));
}

std::optional<Failure> CaseLog::failure(std::uint64_t number) const {
  if (!log_.flag(number)) return std::nullopt;
  return Failure{number, log_.payload(number)};
}

}  // namespace rathaus::record
