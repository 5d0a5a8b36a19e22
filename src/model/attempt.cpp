#include "model/attempt.h"

#include <algorithm>

namespace rathaus::model {

void count_blocked(Turn& turn, const Attempt& attempt, const Need& need, const Means& left) {
  turn.count_blocked(attempt.step, Constraint::data, left.data < need.data);
  turn.count_blocked(attempt.step, Constraint::staff, !has_staff(need, left));
  turn.count_blocked(attempt.step, Constraint::money, left.money < need.money);
  turn.state.note(turn.unit,
                  {.kind = EventKind::blocked,
                   .use_case = static_cast<std::uint8_t>(attempt.use_case),
                   .step = attempt.step,
                   .needed = {need.data, std::max(need.staff, need.staff_at_hand), need.money},
                   .left = left});
}

Need with_grant(const Turn& turn, const Offer& offer, const Need& alone, Cents grant) {
  Need need = alone;
  need.staff += filing_effort(turn, offer);
  need.money -= grant;
  return need;
}

bool apply(Turn& turn, const Attempt& attempt, const Offer& offer, const Need& alone, bool own,
           double score, Means& left, Application& application) {
  const Cents grant = grant_of(turn, offer, alone.money);
  const Need need = with_grant(turn, offer, alone, grant);
  if (!fits(turn, need, left)) return false;
  own = own && (!turn.structure().feasibility || left.money >= alone.money);
  claim(need.staff, own ? alone.money : need.money, left);
  application = {offer.programme, own, grant, score};
  file(turn, attempt.use_case, application);
  return true;
}

}  // namespace rathaus::model
