#include "analysis/course.h"

#include "analysis/figure.h"

namespace rathaus::analysis {

Course course_of(ResultData& data, const Answer& answer) {
  const AskedMetric metric(data, answer.asked);
  const Sampling sampling(data.runs());
  Course course;
  for (std::size_t theory = 0; theory < answer.theories.size(); ++theory) {
    auto& of_theory = course.gain.emplace_back(answer.scenarios.size());
    for (const std::size_t s : answer.order)
      for (std::size_t q = 0; q < data.quarters(); ++q)
        of_theory[s].push_back(sampling.figure(sampling.gains(
            s, theory, answer.against_index, [&](std::size_t run) { return metric.at(run, q); })));
  }
  return course;
}

}  // namespace rathaus::analysis
