#include <QTest>
#include <QXmlStreamReader>
#include <set>

#include "support/drawings.h"
#include "topology/svg.h"

using namespace deploy;

namespace {

bool inside(const Box& inner, const Box& outer) {
    return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() &&
           inner.bottom() <= outer.bottom();
}

bool overlap(const Box& a, const Box& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

template <class Item>
bool apart(const std::vector<Item>& items) {
    for (size_t i = 0; i < items.size(); ++i)
        for (size_t k = i + 1; k < items.size(); ++k)
            if (overlap(items[i].box, items[k].box))
                return false;
    return true;
}

const FrameBox& frameOf(const Layout& layout, const std::string& host) {
    for (const FrameBox& frame : layout.frames)
        if (frame.host == HostId(host))
            return frame;
    qFatal("no frame");
}

std::vector<TextBox> textsOf(const Layout& layout) {
    std::vector<TextBox> texts = layout.texts;
    for (const auto& frame : layout.frames) {
        texts.push_back(frame.name);
        texts.push_back(frame.address);
    }
    for (const auto& band : layout.bands)
        texts.push_back(band.label);
    for (const auto& cell : layout.cells) {
        texts.push_back(cell.label);
        texts.push_back(cell.heading);
    }
    for (const auto& service : layout.services)
        texts.push_back(service.label);
    for (const auto& group : layout.groups)
        texts.push_back(group.label);
    return texts;
}

Layout drawn(const std::string& mode, const Inventory& inventory, const Topology& topology) {
    return layoutOf(shippedCatalog(), shippedMode(mode), inventory, topology);
}

Layout drawn(const std::string& mode, const Inventory& inventory) {
    return drawn(mode, inventory, suggested(mode, inventory));
}

std::set<HostId> membersOf(const Layout& layout, const char* role) {
    std::set<HostId> hosts;
    for (const CellBox& cell : layout.cells)
        if (cell.role == RoleId(role))
            hosts.insert(cell.host);
    return hosts;
}

}  // namespace

class TestLayout : public QObject {
    Q_OBJECT
private slots:
    void nothingCollides_data() {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<int>("count");
        QTest::newRow("single") << "single" << 1;
        QTest::newRow("single with spare servers") << "single" << 3;
        QTest::newRow("small") << "small" << 4;
        QTest::newRow("small with ops") << "small" << 5;
        QTest::newRow("small grown") << "small" << 21;
        QTest::newRow("large") << "large" << 9;
        QTest::newRow("large grown") << "large" << 40;
    }
    void nothingCollides() {
        QFETCH(QString, mode);
        QFETCH(int, count);
        const Layout layout = drawn(mode.toStdString(), servers(count));
        QCOMPARE(layout.frames.size(), static_cast<size_t>(count));
        QVERIFY(apart(layout.frames));
        QVERIFY(apart(layout.bands));
        QVERIFY(apart(layout.services));
        QVERIFY(apart(layout.areas));
        for (const CellBox& cell : layout.cells) {
            QVERIFY(inside(cell.box, frameOf(layout, cell.host.str()).box));
            for (const Box& dot : cell.dots)
                QVERIFY(inside(dot, cell.box));
        }
        for (const TextBox& text : textsOf(layout))
            QVERIFY2(inside(text.box, layout.size), text.key.c_str());
        for (const BandBox& band : layout.bands)
            QVERIFY(inside(band.box, layout.size));
        for (const FrameBox& frame : layout.frames)
            QVERIFY(inside(frame.box, layout.size) && inside(frame.glyph, layout.size));
    }

    void singleNodeIsTheVendorsPicture() {
        const Layout layout = drawn("single", servers(1));
        QCOMPARE(layout.services.size(), size_t(20));
        QCOMPARE(layout.services.front().service, std::string("gateway"));
        QCOMPARE(layout.services.back().service, std::string("todo"));
        QCOMPARE(layout.areas.size(), size_t(2));
        for (const ServiceBox& service : layout.services)
            QVERIFY(inside(service.box, layout.areas[0].box));
        for (const CellBox& cell : layout.cells)
            if (cell.outlined)
                QVERIFY(inside(cell.box, layout.areas[1].box));
        QCOMPARE(layout.lines.size(), size_t(1));
        QCOMPARE(layout.lines[0].front().x, layout.services[0].box.centreX());
        QCOMPARE(layout.lines[0].front().y, layout.services[0].box.y);
        QVERIFY(layout.bands.empty());
    }

    void entryPort() {
        const auto portOf = [](const Layout& layout) {
            for (const TextBox& text : layout.texts)
                if (text.key == "drawing.entry_port")
                    return text.args.at("port");
            return std::string();
        };
        const Inventory one = servers(1);
        const Topology topology = suggested("single", one);
        QCOMPARE(portOf(drawn("single", one)), std::string("8000"));
        QCOMPARE(portOf(layoutOf(shippedCatalog(), shippedMode("single"), one, topology, 9443)),
                 std::string("9443"));
        QCOMPARE(portOf(drawn("single", one, topology.unassign(RoleId("gateway"), HostId("s1")))),
                 std::string());
    }

    void onlyWhatIsPlacedIsDrawn() {
        const Inventory one = servers(1);
        Layout layout = drawn("single", one, Topology());
        QVERIFY(layout.cells.empty() && layout.services.empty() && layout.areas.empty());
        QVERIFY(!layout.frames[0].assigned);
        layout = drawn("single", one, Topology().assign(RoleId("cache"), HostId("s1")));
        QCOMPARE(layout.cells.size(), size_t(1));
        QVERIFY(layout.services.empty());
        layout = drawn("small", servers(4), Topology());
        QCOMPARE(layout.frames.size(), size_t(4));
        QVERIFY(layout.bands.empty() && layout.cells.empty());
        QCOMPARE(drawn("small", Inventory(), Topology()).frames.size(), size_t(0));
    }

    void smallClusterIsTheVendorsPicture() {
        const Layout layout = drawn("small", servers(5));
        std::vector<std::string> bands;
        for (const BandBox& band : layout.bands)
            bands.push_back(band.role.str());
        QCOMPARE(bands, (std::vector<std::string>{"k8s_agent", "k8s_server", "database", "cache",
                                                  "load_balancer"}));
        QCOMPARE(layout.bands[1].box.x < frameOf(layout, "s2").box.x, true);
        QCOMPARE(layout.bands[1].box.x > frameOf(layout, "s1").box.right(), true);
        QCOMPARE(frameOf(layout, "s5").stand, Stand::Ops);
        QVERIFY(frameOf(layout, "s5").box.x > layout.bands[0].box.right());
        QCOMPARE(frameOf(layout, "s1").box.y, frameOf(layout, "s4").box.y);
        for (const CellBox& cell : layout.cells)
            if (cell.role == RoleId("k8s_agent"))
                QCOMPARE(cell.dots.size(), size_t(6));
            else if (cell.role == RoleId("cache") && cell.host == HostId("s1"))
                QCOMPARE(cell.label.args, (Args{{"master", "1"}, {"replica", "3"}}));
        QCOMPARE(membersOf(layout, "ops"), std::set<HostId>{HostId("s5")});
    }

    void largeClusterHasItsDataServersBelow() {
        const Layout layout = drawn("large", servers(9));
        const double business = frameOf(layout, "s1").box.bottom();
        for (const char* host : {"s5", "s6", "s7", "s8"})
            QVERIFY(frameOf(layout, host).box.y > business);
        QCOMPARE(frameOf(layout, "s9").stand, Stand::Ops);
    }

    void datacentersAreGroups() {
        Inventory inventory = servers(18);
        for (size_t i = 0; i < inventory.hosts.size(); ++i)
            inventory.hosts[i].datacenter = i < 9 ? "dc1" : "dc2";
        const Layout layout = drawn("large", inventory);
        QCOMPARE(layout.groups.size(), size_t(2));
        QVERIFY(apart(layout.groups));
        for (const FrameBox& frame : layout.frames) {
            const std::string& datacenter = inventory.find(frame.host)->datacenter;
            if (frame.stand != Stand::Ops)
                QVERIFY(inside(frame.box, layout.groups[datacenter == "dc1" ? 0 : 1].box));
        }
        for (const BandBox& band : layout.bands)
            QVERIFY(inside(band.box, layout.groups[0].box) ||
                    inside(band.box, layout.groups[1].box));
    }

    void everyTextIsKnown_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << "en";
        QTest::newRow("zh_CN") << "zh_CN";
    }
    void everyTextIsKnown() {
        QFETCH(QString, language);
        const auto table = MessageTable::load(language.toStdString());
        QVERIFY(table.has_value());
        Inventory six = servers(4);
        Topology unusual = suggested("small", six);
        for (const char* role : {"gateway", "registry", "ops", "load_balancer"})
            unusual = unusual.assign(RoleId(role), HostId("s3"));
        unusual = unusual.unassign(RoleId("database"), HostId("s2"));
        for (const Layout& layout : {drawn("single", servers(2)), drawn("small", servers(5)),
                                     drawn("large", servers(9)), drawn("small", six, unusual)})
            for (const TextBox& text : textsOf(layout))
                if (!text.key.empty())
                    QVERIFY2(table->has(text.key), text.key.c_str());
    }

    void svgIsWellFormedAndSpeaksBothLanguages() {
        for (const char* language : {"en", "zh_CN"}) {
            const auto table = MessageTable::load(language);
            QVERIFY(table.has_value());
            const std::string svg = writeSvg(drawn("single", servers(1)), *table);
            verifyXml(svg);
            for (const char* key : {"service.mini_program", "drawing.finclip_services",
                                    "drawing.stores.cache", "drawing.linux_docker"})
                QVERIFY2(svg.find(table->text(key)) != std::string::npos, key);
            QVERIFY(svg.find("8000") != std::string::npos);
            QVERIFY(svg.find("10.0.0.11") != std::string::npos);
        }
    }

    void svgIsHarmless() {
        Inventory inventory = servers(1);
        inventory.hosts[0].address = "<script>&\"'\xe2\x80\xae\x1b[31m\xff]]>";
        const auto table = MessageTable::load("en");
        const std::string svg = writeSvg(drawn("single", inventory), *table);
        verifyXml(svg);
        QVERIFY(svg.find("<script") == std::string::npos);
        QVERIFY(svg.find('\x1b') == std::string::npos);
        QVERIFY(svg.find("\xe2\x80\xae") == std::string::npos);
        QVERIFY(svg.find("href") == std::string::npos);
        QVERIFY(svg.find("url(") == std::string::npos);
    }

private:
    static void verifyXml(const std::string& svg) {
        QXmlStreamReader reader(QByteArray::fromStdString(svg));
        while (!reader.atEnd())
            reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }
};

QTEST_GUILESS_MAIN(TestLayout)
#include "tst_layout.moc"
