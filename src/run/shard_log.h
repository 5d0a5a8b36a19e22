// Where the cases of a study, or of a shard of it, are kept while they are computed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "record/case_log.h"
#include "record/earlier_result.h"
#include "run/runner.h"
#include "study/study.h"

namespace rathaus::run {

/// The log of a shard: new, or that of an earlier process if it is to go on. InputError if it is of
/// another study, or would be lost.
record::CaseLog open_log(const study::Study& study, const RunOptions& options,
                         const record::LogHeader& header);

/// Cases of the shard that are neither finished nor failed by themselves, nor in an earlier result;
/// under a rule that stops the study all from the first such case on, since they are judged in
/// their order.
std::vector<std::uint64_t> pending_cases(const study::Study& study, const record::Shard& shard,
                                         const record::CaseLog& log,
                                         const std::optional<record::EarlierResult>& earlier);

}  // namespace rathaus::run
