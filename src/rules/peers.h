// What a unit sees of its peers, and how it hears of a use case [ODD 7.13].
#pragma once

namespace rathaus::rules {

/// [eq. 23] S = ½·c/k + ½·g/G of its neighbours and of its provider group; without neighbours g/G
inline double peer_share(double neighbours_running, double neighbours, double share_of_group) {
  const double nearby = neighbours_running / neighbours;
  return neighbours > 0.0 ? 0.5 * nearby + 0.5 * share_of_group : share_of_group;
}

struct Awareness {
  double spontaneous;    //!< p
  double through_peers;  //!< q

  /// [eq. 24] the chance of hearing of a use case in a quarter: p (1 + AWARE) + q S
  double chance(double gain, double peers) const {
    return spontaneous * (1.0 + gain) + through_peers * peers;
  }
};

}  // namespace rathaus::rules
