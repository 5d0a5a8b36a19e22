// The subcommands of rathaus: read, call, print. Each returns the exit status; InputError means 1,
// any other exception 2.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace rathaus::commands {

enum ExitStatus : int { done = 0, wrong_input = 1, failed = 2, interrupted = 3 };

struct RunCommand {
  std::filesystem::path experiment;
  std::filesystem::path output;  //!< empty: the experiment's name with .h5 in the current folder
  std::filesystem::path report;  //!< HTML page or PDF of the result; empty: none
  std::string language = "en";   //!< of the report
  std::vector<std::string> sets;
  int threads = 0;  //!< 0: one per core
  bool force = false;
  bool resume = false;
  std::string shard;  //!< "K/N"; empty: all of it
  bool quiet = false;
};
int run(const RunCommand& command);

struct MergeCommand {
  std::vector<std::filesystem::path> shards;
  std::filesystem::path output;
  std::string fingerprint;  //!< of the study that the shards must be of; empty: any one
  bool partial = false;
  bool force = false;
  bool quiet = false;
};
int merge(const MergeCommand& command);

struct CheckCommand {
  std::filesystem::path experiment;
  std::filesystem::path design;  //!< where the points are written to; empty: nowhere
  std::uint32_t pilot = 0;       //!< replicates to compute first; 0: none
  std::uint32_t shards = 0;      //!< parts that the study is to be cut into; 0: is not
  bool fingerprint = false;      //!< print nothing but the fingerprint of the study
  bool force = false;
  std::vector<std::string> sets;
};
int check(const CheckCommand& command);

struct ExplainCommand {
  std::filesystem::path file;  //!< experiment or result
  std::vector<std::string> sets;
};
int explain(const ExplainCommand& command);

struct WorkbenchCommand {
  std::filesystem::path experiment;  //!< empty: only tells where the page is
  std::filesystem::path output;  //!< empty: the experiment's name with .html in the current folder
  bool force = false;
};
int workbench(const WorkbenchCommand& command);

struct ParametersCommand {
  std::string model = "germany";
  std::string format = "table";  //!< table, csv or markdown
};
int parameters(const ParametersCommand& command);

struct MetricsCommand {
  std::string format = "table";  //!< table, csv or markdown
};
int metrics(const MetricsCommand& command);

struct KeysCommand {
  std::string word;              //!< empty: all keys
  std::string format = "table";  //!< table, csv, markdown or json
};
int keys(const KeysCommand& command);

struct PopulationCommand {
  std::string source;            //!< experiment file, or folder or name of a model
  std::filesystem::path output;  //!< empty: only the summary
  std::vector<std::string> sets;
  bool force = false;
};
int population(const PopulationCommand& command);

struct InfoCommand {
  std::filesystem::path file;  //!< result, or cases of a shard
  bool digest = false;
  bool fingerprint = false;
};
int info(const InfoCommand& command);

struct CompareCommand {
  std::filesystem::path file;
  std::string against;                //!< scenario that gains are over; empty: the baseline
  bool full = false;                  //!< every table, not the answer alone
  std::vector<std::string> sections;  //!< tables whose title contains one of them; empty: all
  std::string quarter;  //!< label or index; empty: that of the question, after 5, 10 and 20 years
  std::string metric;              //!< asked instead of the question's
  std::vector<std::string> group;  //!< "size_class=<5k"
  std::string theory;              //!< part of the names of the theories to show
  std::string language = "en";     //!< of the answer on one screen
  std::string format = "table";    //!< table, csv or json
};
int compare(const CompareCommand& command);

struct SensitivityCommand {
  std::filesystem::path file;
  std::string indicator = "adopters";
  std::string quarter;           //!< label or index; empty: the last
  std::string format = "table";  //!< table, csv or json
};
int sensitivity(const SensitivityCommand& command);

struct TraceCommand {
  std::filesystem::path file;
  std::uint32_t run = 0;
  std::string unit;             //!< official key or name
  std::string format = "text";  //!< text or json
};
int trace(const TraceCommand& command);

struct PatternsCommand {
  std::string source;              //!< experiment or result file, or folder or name of a model
  std::filesystem::path patterns;  //!< empty: those of the model
  std::string format = "table";    //!< table, csv or json
  std::vector<std::string> sets;
  std::uint32_t replicates = 0;  //!< 0: as many as the patterns or the experiment ask for
  int threads = 0;
};
int patterns(const PatternsCommand& command);

struct CalibrateCommand {
  std::filesystem::path calibration;
  std::filesystem::path output;
  std::filesystem::path csv;  //!< accepted vectors as a CSV, too; empty: none
  std::vector<std::string> sets;
  int threads = 0;  //!< 0: one per core
  bool force = false;
  bool resume = false;
  bool quiet = false;
};
int calibrate(const CalibrateCommand& command);

/// "rathaus 0.1.0 (commit …, Release)"
std::string version_text();

}  // namespace rathaus::commands
