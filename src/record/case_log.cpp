#include "record/case_log.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace rathaus::record {
namespace {

constexpr files::LogKind kind{"rathaus-cases 2\n", "cases", "compute the shard anew"};

std::string text_of(const LogHeader& header) {
  return nlohmann::json{{"fingerprint", header.fingerprint},
                        {"replicates", header.replicates},
                        {"k", header.shard.k},
                        {"n", header.shard.n},
                        {"study", header.study}}
      .dump();
}

LogHeader header_from(const std::filesystem::path& path, const std::string& text) {
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    // a conversion by the library would wrap what is too large
    const auto count = [&](const nlohmann::json& number) {
      if (!number.is_number_unsigned() ||
          !std::in_range<std::uint32_t>(number.get<std::uint64_t>()))
        throw not_understood(path, fmt::format("it counts to {}", number.dump()));
      return number.get<std::uint32_t>();
    };
    const Shard shard{count(json.at("k")), count(json.at("n"))};
    if (shard.k < 1 || shard.k > shard.n)
      throw not_understood(path, fmt::format("it says that it is part {} of {}", shard.k, shard.n));
    return {json.at("fingerprint"), count(json.value("replicates", nlohmann::json(0u))), shard,
            json.at("study")};
  } catch (const nlohmann::json::exception& error) {
    throw not_understood(path, error.what());
  }
}

}  // namespace

InputError not_understood(const std::filesystem::path& path, const std::string& why) {
  return InputError(
      path, fmt::format("cannot be understood ({}) read it with the build that wrote it", why));
}

std::string LogHeader::of_study() const {
  return replicates == 0 ? fingerprint : fmt::format("{}-{}", fingerprint, replicates);
}

std::pair<std::string, std::uint32_t> parts_of(const std::string& of_study) {
  const std::size_t dash = of_study.find('-');
  if (dash == std::string::npos) return {of_study, 0};
  std::uint32_t replicates = 0;
  const char* const end = of_study.data() + of_study.size();
  const auto [rest, failure] = std::from_chars(of_study.data() + dash + 1, end, replicates);
  if (failure != std::errc{} || rest != end) return {of_study, 0};  // of no study that there is
  return {of_study.substr(0, dash), replicates};
}

std::string Shard::file_name() const {
  return fmt::format("{}-of-{}.cases", k, n);
}

CaseLog::CaseLog(files::RecordLog log)
    : log_(std::move(log)), header_(header_from(log_.path(), log_.header())) {}

CaseLog CaseLog::with_header(CaseLog earlier, const LogHeader& header) {
  return CaseLog(files::RecordLog::with_header(std::move(earlier.log_), text_of(header)));
}

LogHeader CaseLog::header_of(const std::filesystem::path& path) {
  return header_from(path, files::RecordLog::header_of(path, kind));
}

bool CaseLog::is_log(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string begin(kind.magic.size(), '\0');
  return file.read(begin.data(), static_cast<std::streamsize>(begin.size())) && begin == kind.magic;
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
  if (log_.flag(number)) return {};
  try {
    return from_bytes(log_.payload(number));
  } catch (const std::length_error& error) {
    throw not_understood(path(), fmt::format("case {}: {}", number, error.what()));
  }
}

std::optional<Failure> CaseLog::failure(std::uint64_t number) const {
  if (!log_.flag(number)) return std::nullopt;
  return Failure{number, log_.payload(number)};
}

}  // namespace rathaus::record
