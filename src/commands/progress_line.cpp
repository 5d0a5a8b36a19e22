#include "commands/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "commands/say.h"
#include "diagnostics/telling.h"

namespace rathaus::commands {
namespace {

std::string time_left(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
  if (whole >= 60) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} s", whole);
}

}  // namespace

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1) {
  if (!terminal_ && telling() == Telling::text) next_ = std::chrono::minutes(1);
}

void ProgressLine::operator()(const run::Progress& progress) {
  const bool last = progress.runs_done == progress.runs_planned;
  if (telling() == Telling::json && !quiet_) return tell_program(progress, last);
  const double rate =
      static_cast<double>(progress.runs_done - progress.runs_kept) / progress.elapsed.count();
  tell(progress.elapsed,
       fmt::format(
           "{} of {} runs, {:.3g} runs/s, {} left", progress.runs_done, progress.runs_planned, rate,
           time_left(static_cast<double>(progress.runs_planned - progress.runs_done) / rate)),
       last);
}

void ProgressLine::tell(std::chrono::duration<double> elapsed, const std::string& line, bool last) {
  if (quiet_ || telling() == Telling::json || (elapsed < next_ && !(terminal_ && last))) return;
  next_ = elapsed + std::chrono::duration<double>(terminal_ ? 0.2 : 60.0);
  if (terminal_)
    say("\r\033[K{}", translated(line));
  else
    say_line("{}", line);
  std::fflush(stderr);
  open_ = terminal_;
}

/// For a program: an object at most five times a second, and the last.
void ProgressLine::tell_program(const run::Progress& progress, bool last) {
  if (progress.elapsed < next_ && !last) return;
  next_ = progress.elapsed + std::chrono::duration<double>(0.2);
  say("{{\"severity\": \"progress\", \"runs_done\": {}, \"runs_planned\": {}, "
      "\"runs_kept\": {}, \"seconds\": {:.3f}}}\n",
      progress.runs_done, progress.runs_planned, progress.runs_kept, progress.elapsed.count());
  std::fflush(stderr);
}

void ProgressLine::finish() {
  if (open_) say("\n");
  open_ = false;
}

}  // namespace rathaus::commands
