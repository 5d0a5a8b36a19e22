#include "calibration/posterior_file.h"

#include "files/sha256.h"
#include "hdf5/file.h"
#include "record/provenance.h"

namespace rathaus::calibration {
namespace {

using hdf5::Group;

constexpr std::array quantiles{0.05, 0.50, 0.95};

/// Numbers of generations, and how each went.
void write_generations(Group& root, const std::vector<Population>& populations) {
  std::vector<double> tolerance, acceptance, effective;
  std::vector<std::int64_t> proposals;
  for (const Population& p : populations) {
    tolerance.push_back(p.tolerance);
    acceptance.push_back(p.acceptance());
    effective.push_back(p.effective_size());
    proposals.push_back(static_cast<std::int64_t>(p.proposals));
  }
  const auto write = [&](const char* name, const char* long_name, const auto& values) {
    using Value = std::ranges::range_value_t<decltype(values)>;
    root.variable<Value>(name, {"generation"}, {.units = "1", .long_name = long_name})
        .write(values);
  };
  write("tolerance", "largest distance that was accepted; infinite in the first", tolerance);
  write("proposals", "vectors proposed until enough were accepted", proposals);
  write("acceptance_rate", "share of them that was accepted", acceptance);
  write("effective_sample_size", "1 / sum of squared weights", effective);
}

/// Every accepted vector of every generation, the last of which is the posterior.
void write_vectors(Group& root, const Posterior& posterior) {
  const std::size_t parameters = posterior.study.uncertain.size();
  std::vector<double> value, place, weight, distance, statistic;
  for (const Population& p : posterior.populations) {
    for (std::size_t i = 0; i < p.score.size(); ++i) {
      place.push_back(place_of_score(p.score[i]));
      value.push_back(posterior.simulator.value(i % parameters, place.back()));
    }
    weight.insert(weight.end(), p.weight.begin(), p.weight.end());
    distance.insert(distance.end(), p.distance.begin(), p.distance.end());
    statistic.insert(statistic.end(), p.statistic.begin(), p.statistic.end());
  }
  const auto write = [&](const char* name, std::vector<std::string> dimensions,
                         const char* long_name, const std::vector<double>& values) {
    dimensions.insert(dimensions.begin(), {"generation", "particle"});
    root.variable<double>(name, dimensions, {.units = "1", .long_name = long_name}).write(values);
  };
  write("value", {"parameter"}, "accepted vectors, in the units of their numbers", value);
  write("unit_cube", {"parameter"}, "probability below the value in the prior", place);
  write("weight", {}, "weights; they sum to 1 in every generation", weight);
  write("distance", {}, "largest distance over the patterns", distance);
  write("statistic", {"pattern"}, "what was simulated", statistic);
}

void write_numbers(Group& root, const Posterior& posterior) {
  std::vector<std::string> distribution, units, meaning;
  std::vector<double> prior, after, contraction;
  for (std::size_t k = 0; k < posterior.study.uncertain.size(); ++k) {
    const study::Uncertain& number = posterior.study.uncertain[k];
    distribution.push_back(text_of(number.distribution));
    units.push_back(number.unit);
    meaning.push_back(number.meaning);
    const Narrowed n = narrowed(posterior, k);
    prior.insert(prior.end(), n.prior.begin(), n.prior.end());
    after.insert(after.end(), n.posterior.begin(), n.posterior.end());
    contraction.push_back(n.contraction);
  }
  root.variable<std::string>("distribution", {"parameter"}, {.long_name = "prior"})
      .write(distribution);
  root.variable<std::string>("parameter_units", {"parameter"}, {.long_name = "unit"}).write(units);
  root.variable<std::string>("parameter_meaning", {"parameter"}, {.long_name = "meaning"})
      .write(meaning);
  const auto write = [&](const char* name, const char* long_name, const auto& values) {
    root.variable<double>(name, {"parameter", "quantile"}, {.units = "1", .long_name = long_name})
        .write(values);
  };
  write("prior_quantiles", "quantiles of the prior, in the units of the numbers", prior);
  write("posterior_quantiles", "quantiles of the last generation", after);
  root.variable<double>("contraction", {"parameter"},
                        {.units = "1",
                         .long_name = "1 - variance of the places in the prior x 12: 0 nothing "
                                      "learned, 1 pinned down"})
      .write(contraction);
}

void write_patterns(Group& root, const std::vector<patterns::Pattern>& patterns) {
  std::vector<std::string> title, grade, source;
  std::vector<double> low, high, target;
  for (const patterns::Pattern& p : patterns) {
    title.push_back(p.title);
    grade.push_back(p.grade);
    source.push_back(p.source);
    low.push_back(p.criterion.low);
    high.push_back(p.criterion.high);
    target.push_back(p.criterion.target.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  const auto text = [&](const char* name, const char* long_name, const auto& values) {
    root.variable<std::string>(name, {"pattern"}, {.long_name = long_name}).write(values);
  };
  const auto number = [&](const char* name, const char* long_name, const auto& values) {
    root.variable<double>(name, {"pattern"}, {.units = "1", .long_name = long_name}).write(values);
  };
  text("pattern_title", "what is seen in the world", title);
  text("pattern_grade", "grade of its evidence", grade);
  text("pattern_source", "where it is reported", source);
  number("pattern_low", "least value that agrees", low);
  number("pattern_high", "largest value that agrees", high);
  number("pattern_target", "the value that agrees best, where one is told", target);
}

}  // namespace

Narrowed narrowed(const Posterior& posterior, std::size_t parameter) {
  const Population& last = posterior.populations.back();
  const std::size_t parameters = posterior.study.uncertain.size();
  std::vector<double> places;
  double mean = 0.0, square = 0.0;
  for (std::size_t i = 0; i < last.particles(); ++i) {
    places.push_back(place_of_score(last.score[i * parameters + parameter]));
    mean += last.weight[i] * places.back();
    square += last.weight[i] * places.back() * places.back();
  }
  Narrowed n;
  for (std::size_t q = 0; q < quantiles.size(); ++q) {
    n.prior[q] = posterior.simulator.value(parameter, quantiles[q]);
    n.posterior[q] =
        posterior.simulator.value(parameter, weighted_quantile(places, last.weight, quantiles[q]));
  }
  n.contraction = 1.0 - 12.0 * (square - mean * mean);
  return n;
}

void write_posterior(const Posterior& posterior, const PosteriorOptions& options) {
  const study::Study& study = posterior.study;
  const Request& request = posterior.request;
  hdf5::File file =
      hdf5::File::create(options.target, {.compress = true, .overwrite = options.overwrite});
  Group root = file.root();
  root.attribute("kind", "posterior");
  root.attribute("title", study.title);
  root.attribute("question", study.question.en);
  root.attribute("creator", "Rathaus " + options.build.version);
  root.attribute("git_sha1", options.build.git_sha1);
  root.attribute("model", study.model);
  root.attribute("model_sha256", study.model_sha256);
  root.attribute("experiment_sha256", files::sha256_of(study.resolved_text));
  root.attribute("seed", std::to_string(study.seed));
  root.attribute("replicates", static_cast<std::int32_t>(study.replicates));
  root.attribute("stopped", posterior.stopped);
  root.attribute("reached_tolerance", posterior.populations.back().tolerance);
  root.attribute("wanted_tolerance", request.tolerance);

  std::vector<std::string> parameters, patterns;
  for (const study::Uncertain& number : study.uncertain) parameters.push_back(number.path);
  for (const patterns::Pattern& pattern : request.patterns) patterns.push_back(pattern.id);
  root.dimension("generation", posterior.populations.size(),
                 {.units = "1", .long_name = "generation; the last is the posterior"});
  root.dimension("particle", posterior.populations.back().particles(),
                 {.units = "1", .long_name = "accepted vector"});
  root.dimension("parameter", parameters, "number that is not known");
  root.dimension("pattern", patterns, "pattern of the distance");
  root.dimension("quantile", std::vector<std::string>{"5%", "50%", "95%"}, "quantile");
  write_generations(root, posterior.populations);
  write_vectors(root, posterior);
  write_numbers(root, posterior);
  write_patterns(root, request.patterns);
  record::write_provenance(root, study, options.build);
  Group provenance = root.group("provenance");
  provenance.text("patterns", request.patterns_text);
  provenance.text("environment", "");
  std::string log;
  for (const std::string& warning : study.warnings) log += "warning: " + warning + "\n";
  for (const std::string& note : study.notes) log += "note: " + note + "\n";
  provenance.text("log", log + posterior.stopped + "\n");
  file.commit();
}

}  // namespace rathaus::calibration
