// Qualified staff: hired, lost, tied, qualified by doing [ODD 7.10].
#pragma once

namespace rathaus::rules {

struct Staff {
  double post_share;         //!< h
  double relief_to_posts;    //!< h_F
  double hire_rate;          //!< h₊
  double turnover_rate;      //!< h₋
  double learning_by_doing;  //!< h_E

  /// [eq. 11] H* = h L + h_F Freed
  double posts(double all_staff, double freed) const {
    return post_share * all_staff + relief_to_posts * freed;
  }

  /// [eq. 13] H ← max(0, H + h₊ (H* − H)₊ − h₋ H + h_E tied + STAFF·h L)
  double next(double staff, double posts, double tied, double gain, double all_staff) const {
    const double vacant = posts - staff;
    const double after = staff + hire_rate * (vacant > 0.0 ? vacant : 0.0) - turnover_rate * staff +
                         learning_by_doing * tied + gain * post_share * all_staff;
    return after > 0.0 ? after : 0.0;
  }
};

/// [eq. 12] what one cell ties: α_P E as a pilot, α_M E as a running service
inline double tied_staff(bool is_pilot, bool is_running, double pilot_share, double maint_share,
                         double effort) {
  return (is_running ? maint_share : is_pilot ? pilot_share : 0.0) * effort;
}

}  // namespace rathaus::rules
