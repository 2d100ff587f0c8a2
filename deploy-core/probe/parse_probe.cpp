#include "probe/parse_parts.h"

namespace deploy {

Result<Facts> parseProbe(const HostId& host, const std::string& output) {
    auto text = ProbeText::read(output);
    if (!text) {
        Error error = text.error();
        error.where = host.str();
        return tl::unexpected(error);
    }
    Facts facts;
    facts.host = host;
    parseSystem(facts, *text);
    parseDisk(facts, *text);
    parseNetwork(facts, *text);
    parseSettings(facts, *text);
    parseSoftware(facts, *text);
    facts.raw = text->displayed();
    return facts;
}

}  // namespace deploy
