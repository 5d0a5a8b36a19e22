#include "commands/streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include "commands/commands.h"
#include "diagnostics/telling.h"
#include "files/file_error.h"

namespace rathaus::commands {
namespace {

bool is_open(int stream) {
  return ::fcntl(stream, F_GETFD) >= 0 || errno != EBADF;
}

}  // namespace

void prepare_streams() {
  // Open to reading only, standard output still cannot be written, which is told at the end.
  constexpr int null_as[]{O_RDONLY, O_RDONLY, O_WRONLY};
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (!is_open(stream)) static_cast<void>(::open("/dev/null", null_as[stream]));
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

int checked_output(int status, int error) {
  const bool was_lost = std::ferror(stdout) != 0;
  const bool is_lost = std::fflush(stdout) != 0;
  if (is_lost && error == 0) error = errno;
  // some file systems tell only on closing
  const int copy = ::dup(STDOUT_FILENO);
  const bool is_refused = copy >= 0 && ::close(copy) != 0;
  if (is_refused && error == 0) error = errno;
  if (!was_lost && !is_lost && !is_refused) return status;
  if (error != EPIPE)  // a reader that has seen enough needs no words
    tell("failed", "standard output cannot be written (" +
                       (error == 0 ? "a part of it is lost" : files::words_of(error)) + ")");
  return failed;
}

}  // namespace rathaus::commands
