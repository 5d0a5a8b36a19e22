#include "commands/command.h"

namespace rathaus::commands {

Option Option::required() && {
  is_required = true;
  return std::move(*this);
}
Option Option::within(int lowest, int highest) && {
  bounds = {lowest, highest};
  return std::move(*this);
}
Option Option::one_of(std::vector<std::string> words_allowed) && {
  choices = std::move(words_allowed);
  return std::move(*this);
}
Option Option::not_beside(std::vector<std::string> others) && {
  excluded = std::move(others);
  return std::move(*this);
}

Option flag(std::string words, bool& target, std::string help) {
  return {std::move(words), &target, std::move(help), ""};
}

Option sets(std::vector<std::string>& target) {
  return option("--set", target, "change one value, such as parameters.lock_rate=0.04",
                "KEY=VALUE");
}

}  // namespace rathaus::commands
