// From the words of the command line to an exit status, whatever happens.
#include <cstdio>
#include <exception>
#include <new>
#include <span>
#include <string_view>
#include <system_error>

#include "command_line/command_line.h"
#include "commands/commands.h"
#include "commands/streams.h"
#include "diagnostics/diagnostics.h"
#include "diagnostics/telling.h"
#include "files/file_error.h"

namespace {

/// --diagnostics json, wherever it stands, so that mistakes of the command line are told so, too.
rathaus::Telling asked_for(std::span<char*> words) {
  bool named = false;
  for (const std::string_view word : words) {
    if ((named && word == "json") || word == "--diagnostics=json") return rathaus::Telling::json;
    named = word == "--diagnostics";
  }
  return rathaus::Telling::text;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace rathaus::commands;
  prepare_streams();
  const std::span<char*> words(argv + 1, argv + argc);
  rathaus::tell_as(asked_for(words));
  int status = failed, of_printing = 0;
  try {
    status = rathaus::run_command_line(words);
  } catch (const rathaus::InputError& error) {
    for (const rathaus::Diagnostic& d : error.errors()) rathaus::tell("error", d);
    status = wrong_input;
  } catch (const rathaus::files::FileError& error) {
    rathaus::tell("failed", error.finding());
  } catch (const std::bad_alloc&) {
    rathaus::tell("failed", "out of memory");
  } catch (const std::system_error& error) {
    if (std::ferror(stdout) != 0)
      of_printing = error.code().value();
    else
      rathaus::tell("failed", error.what());
  } catch (const std::exception& error) {
    rathaus::tell("failed", error.what());
  }
  return checked_output(status, of_printing);
}
