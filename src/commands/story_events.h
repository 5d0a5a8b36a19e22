// Events of a story in words: names, amounts, and what happened quarter by quarter.
#pragma once

#include <array>
#include <string>

#include "commands/story_text.h"
#include "model/journal.h"

namespace rathaus::commands {

constexpr std::size_t checked_constraints = 3;  // money, staff, data: what a unit needs itself

double euro(model::Cents amount);
std::string quarter_text(const Story& story, std::int32_t quarter);

/// Empty where an event has none.
std::string programme_name(const Story& story, const model::Event& event);
std::string vendor_name(const Story& story, const model::Event& event);
std::string case_name(const Story& story, const model::Event& event);

/// Means that an attempt lacked, in the order of the dimension `constraint`.
std::array<bool, checked_constraints> lacking(const model::Event& event);

/// One line for each event; what happens again and again is told once.
std::string chronicle(const Story& story);

}  // namespace rathaus::commands
