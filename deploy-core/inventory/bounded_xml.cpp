#include "inventory/bounded_xml.h"

#include <expat.h>

#include "inventory/import_parts.h"

namespace deploy {

namespace {

constexpr size_t kDeepest = 64;
constexpr size_t kLongestTag = size_t{256} << 10U;

std::string_view localName(std::string_view name) {
    return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2)
        if (localName(*pair) == name)
            return pair[1];
    return {};
}

/// What expat calls; C linkage is not needed, no exception leaves.
struct BoundedXml::Callbacks {
    static BoundedXml& self(void* user) { return *static_cast<BoundedXml*>(user); }
    static void stop(BoundedXml& xml) { XML_StopParser(xml.parser_.get(), XML_FALSE); }

    static void refuse(BoundedXml& xml, const char* problem) {
        xml.problem_ = problem;
        stop(xml);
    }
    static void XMLCALL open(void* user, const char* name, const char** attributes) {
        BoundedXml& xml = self(user);
        if (++xml.depth_ > kDeepest)
            return refuse(xml, "xml_too_deep");
        if (!xml.handlers_.open(localName(name), XmlAttributes(attributes))) {
            xml.ended_ = true;
            stop(xml);
        }
    }
    static void XMLCALL close(void* user, const char* name) {
        BoundedXml& xml = self(user);
        --xml.depth_;
        if (!xml.ended_ && !xml.handlers_.close(localName(name))) {
            xml.ended_ = true;
            stop(xml);
        }
    }
    static void XMLCALL text(void* user, const char* text, int length) {
        BoundedXml& xml = self(user);
        if (!xml.ended_ && !xml.handlers_.text({text, static_cast<size_t>(length)})) {
            xml.ended_ = true;
            stop(xml);
        }
    }
    static void XMLCALL documentType(void* user, const char*, const char*, const char*, int) {
        refuse(self(user), "xml_document_type");
    }
};

void BoundedXml::Free::operator()(XML_ParserStruct* parser) const {
    XML_ParserFree(parser);
}

BoundedXml::BoundedXml(std::string place, XmlHandlers handlers)
    : place_(std::move(place)), handlers_(std::move(handlers)), parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), Callbacks::open, Callbacks::close);
    XML_SetCharacterDataHandler(parser_.get(), Callbacks::text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), Callbacks::documentType);
}

BoundedXml::~BoundedXml() = default;

std::string BoundedXml::where() const {
    return place_ + ":" + std::to_string(XML_GetCurrentLineNumber(parser_.get())) + ":" +
           std::to_string(XML_GetCurrentColumnNumber(parser_.get()) + 1);
}

Result<bool> BoundedXml::parse(std::string_view bytes, int isLast) {
    fed_ += bytes.size();
    const auto status =
        XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), isLast);
    if (problem_ != nullptr)
        return badForm(where(), problem_);
    if (ended_)
        return false;
    if (status == XML_STATUS_ERROR)
        return badForm(where(), "xml_malformed", XML_ErrorString(XML_GetErrorCode(parser_.get())));
    const auto read = XML_GetCurrentByteIndex(parser_.get());
    if (isLast == 0 && read >= 0 && fed_ - static_cast<size_t>(read) > kLongestTag)
        return badForm(where(), "xml_tag_too_long");
    return true;
}

Result<bool> BoundedXml::feed(std::string_view bytes) {
    constexpr size_t kPiece = size_t{64} << 10U;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
        auto more = parse(bytes.substr(0, kPiece), 0);
        if (!more || !*more)
            return more;
    }
    return true;
}

Result<bool> BoundedXml::finish() {
    return parse({}, 1);
}

}  // namespace deploy
