"""The limiting cases by name, each with the check that knows its answer."""

from . import adoption, common_solutions, effects, funnel, urns

CHECKS = {
    "bass": adoption.bass,
    "granovetter_ladder": adoption.ladder,
    "granovetter_normal": adoption.normal_thresholds,
    "vendor_symmetry": urns.symmetry,
    "polya_urn": urns.polya,
    "share_urn": urns.share_urn,
    "arthur_walk": urns.arthur,
    "linear_rebound": effects.rebound,
    "isoelastic_rebound": effects.rebound,
    "zero_ai": effects.zero_ai,
    "markov_funnel": funnel.markov,
    "closed_forms": funnel.closed_forms,
    "size_neutrality": funnel.size_neutrality,
    "common_solution": common_solutions.common_solution,
}
