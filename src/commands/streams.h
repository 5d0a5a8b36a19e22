// Standard output and error, and the limits and signals that concern what is written.
#pragma once

namespace rathaus::commands {

/// To be called first. A closed stream is given the null device, or the next file that is opened
/// would take its place and receive what is printed. Limits of file size and readers that go away
/// (| head) become errors of writing, in the place of signals that kill.
void prepare_streams();

/// The status to end with: `failed`, told why, where what was printed could not be written.
/// `error`: what the system said when printing failed before, if it did.
int checked_output(int status, int error);

}  // namespace rathaus::commands
