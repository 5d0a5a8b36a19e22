#include "population/measure.h"

#include <algorithm>
#include <boost/graph/clustering_coefficient.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <cstdint>
#include <utility>
#include <vector>

namespace rathaus::population {
namespace {

using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, std::uint32_t, std::uint32_t>;

/// Every contact in both directions, once: an undirected graph in the most compact form of Boost.
Graph contact_graph(const model::Network& network) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  edges.reserve(2 * network.target.size());
  for (std::uint32_t unit = 0; unit + 1 < network.first.size(); ++unit)
    for (std::uint32_t e = network.first[unit]; e < network.first[unit + 1]; ++e) {
      edges.emplace_back(unit, network.target[e]);
      edges.emplace_back(network.target[e], unit);
    }
  std::ranges::sort(edges);
  const auto repeated = std::ranges::unique(edges);
  return Graph(boost::edges_are_sorted, edges.begin(), repeated.begin(),
               static_cast<std::uint32_t>(network.first.size() - 1));
}

}  // namespace

NetworkMeasures measure(const model::Network& network) {
  NetworkMeasures measures;
  if (network.first.size() < 2) return measures;
  const auto units = static_cast<double>(network.first.size() - 1);
  measures.mean_out_degree = static_cast<double>(network.target.size()) / units;

  const Graph graph = contact_graph(network);
  const auto index = get(boost::vertex_index, graph);
  // With every edge in both directions, strongly and weakly connected are the same.
  std::vector<std::uint32_t> component(network.first.size() - 1);
  measures.components =
      boost::strong_components(graph, boost::make_iterator_property_map(component.begin(), index));
  std::vector<std::size_t> size(measures.components);
  for (const std::uint32_t c : component) ++size[c];
  measures.largest_component_share = static_cast<double>(*std::ranges::max_element(size)) / units;

  for (std::uint32_t unit = 0; unit < component.size(); ++unit)
    measures.mean_clustering += boost::clustering_coefficient<double>(graph, unit) / units;
  return measures;
}

}  // namespace rathaus::population
