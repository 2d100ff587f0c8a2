#include <algorithm>
#include <array>
#include <cctype>

#include "probe/numbers.h"
#include "probe/parse_parts.h"

namespace deploy {

namespace {

struct Product {
    std::string_view id;
    std::vector<std::string_view> units;
};

const std::array<Product, 5>& products() {
    static const std::array<Product, 5> kProducts = {
        {{"docker", {"docker"}},
         {"containerd", {"containerd"}},
         {"kubernetes", {"kubelet", "k3s", "k3s-agent", "rke2-server", "rke2-agent"}},
         {"mysql", {"mysqld", "mysql", "mariadb"}},
         {"redis", {"redis", "redis-server"}}}};
    return kProducts;
}

bool unitRuns(const ProbeText& text, std::string_view unit) {
    const std::string wanted = std::string(unit) + " active";
    const auto units = text.values("unit");
    return std::find(units.begin(), units.end(), wanted) != units.end();
}

std::optional<bool> anyUnitRuns(const ProbeText& text, const std::vector<std::string_view>& units) {
    if (!text.has("unit"))
        return std::nullopt;
    return std::any_of(units.begin(), units.end(),
                       [&](std::string_view unit) { return unitRuns(text, unit); });
}

/// The first word that begins like a version: "Docker version 26.1.5, build ..." gives "26.1.5",
/// "k3s version v1.30.4+k3s1 (98262b5d)" gives "1.30.4+k3s1".
std::string versionIn(std::string_view words) {
    constexpr size_t kLongestVersion = 60;
    for (std::string_view word : wordsOf(words)) {
        if (word.starts_with('v'))
            word.remove_prefix(1);
        if (word.starts_with("v="))
            word.remove_prefix(2);
        if (word.ends_with(','))
            word.remove_suffix(1);
        if (!word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0 &&
            word.find('.') != std::string_view::npos && word.size() <= kLongestVersion)
            return std::string(word);
    }
    return {};
}

std::optional<ExistingSoftware> existing(const ProbeText& text, const Product& product) {
    ExistingSoftware found;
    found.id = std::string(product.id);
    bool there = false;
    for (const std::string_view program : text.values("program")) {
        // "docker /usr/bin/dockerd", and what it says of its version on further lines.
        const auto lines = splitAt(program, '\n');
        const auto words = wordsOf(lines[0]);
        if (words.size() < 2 || words[0] != product.id)
            continue;
        there = true;
        found.detail = std::string(words[1]);
        found.version = versionIn(program.substr(lines[0].size()));
    }
    for (const std::string_view unit : product.units) {
        if (!unitRuns(text, unit))
            continue;
        there = true;
        found.running = true;
        found.detail += (found.detail.empty() ? "" : ", ") + std::string(unit) + ".service";
    }
    return there ? std::optional(found) : std::nullopt;
}

}  // namespace

void parseSoftware(Facts& facts, const ProbeText& text) {
    constexpr size_t kLongestVersion = 200;
    facts.timeServiceRuns = anyUnitRuns(
        text, {"chronyd", "chrony", "ntpd", "ntp", "ntpsec", "systemd-timesyncd", "openntpd"});
    facts.firewalldRuns = anyUnitRuns(text, {"firewalld"});
    if (const auto systemd = text.value("systemd"))
        facts.systemd = *systemd == "yes";
    for (const Product& product : products())
        if (auto found = existing(text, product))
            facts.existing.push_back(std::move(*found));
    if (const auto json = text.value("docker.daemon_json"))
        facts.dockerDaemonJson = std::string(*json);
    const auto ours = text.value("finclip");
    if (ours && !ours->empty() && ours->size() <= kLongestVersion)
        facts.finclipVersion = std::string(*ours);
    facts.finclipParts = copies(text.values("finclip.part"));
}

}  // namespace deploy
