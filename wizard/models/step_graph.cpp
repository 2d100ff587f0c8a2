#include "models/step_graph.h"

#include <algorithm>
#include <map>

namespace wizard {

namespace {

/// Places in the plan of what each step needs.
std::vector<std::vector<size_t>> needsOf(const deploy::Plan& plan) {
    std::map<deploy::StepId, size_t> places;
    std::vector<std::vector<size_t>> needs(plan.steps.size());
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        for (const deploy::StepId& need : plan.steps[i].needs)
            if (const auto place = places.find(need); place != places.end())
                needs[i].push_back(place->second);
        places.emplace(plan.steps[i].id, i);
    }
    return needs;
}

}  // namespace

StepGraph stepGraphOf(const deploy::Plan& plan) {
    StepGraph graph;
    const auto needs = needsOf(plan);
    const size_t count = plan.steps.size();
    graph.places.resize(count);
    // The plan's order puts each step behind those that it needs.
    for (size_t i = 0; i < count; ++i) {
        int& column = graph.places[i].column;
        for (const size_t need : needs[i])
            column = std::max(column, graph.places[need].column + 1);
        graph.columns = std::max(graph.columns, column + 1);
    }
    std::map<deploy::HostId, size_t> laneOf;
    std::vector<std::vector<int>> taken;  // by lane and column: rows
    for (size_t i = 0; i < count; ++i) {
        const deploy::HostId& host = plan.steps[i].host;
        const auto [lane, fresh] = laneOf.emplace(host, graph.lanes.size());
        if (fresh) {
            graph.lanes.push_back({host, 0, 0});
            taken.emplace_back(size_t(graph.columns), 0);
        }
        int& rows = taken[lane->second][size_t(graph.places[i].column)];
        graph.places[i].row = rows++;
        graph.lanes[lane->second].rows = std::max(graph.lanes[lane->second].rows, rows);
    }
    for (StepGraph::Lane& lane : graph.lanes) {
        lane.firstRow = graph.rows;
        graph.rows += lane.rows;
    }
    for (size_t i = 0; i < count; ++i)
        graph.places[i].row += graph.lanes[laneOf.at(plan.steps[i].host)].firstRow;
    for (size_t i = 0; i < count; ++i)
        for (const size_t need : needs[i]) {
            const bool follows = std::any_of(needs[i].begin(), needs[i].end(), [&](size_t other) {
                return std::find(needs[other].begin(), needs[other].end(), need) !=
                       needs[other].end();
            });
            if (!follows)
                graph.edges.emplace_back(need, i);
        }
    return graph;
}

}  // namespace wizard
