#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct XML_ParserStruct;

namespace deploy {

/// The attributes of one element, as expat gives them: only valid during the call.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
    /// By its name without a prefix; empty if it is not there.
    std::string_view get(std::string_view name) const;

private:
    const char** pairs_;
};

/// What is told while a part is read; names come without their prefix. A false ends the reading.
struct XmlHandlers {
    std::function<bool(std::string_view name, const XmlAttributes&)> open;
    std::function<bool(std::string_view name)> close;
    std::function<bool(std::string_view text)> text;
};

/// Reads XML piece by piece in little memory: a document type (and so every entity), nesting deeper
/// than 64, and a tag over 256 KiB are refused. InventoryFormInvalid with args "problem" at
/// "place:line:column". One thread.
class BoundedXml {
public:
    BoundedXml(std::string place, XmlHandlers handlers);
    ~BoundedXml();
    BoundedXml(const BoundedXml&) = delete;
    BoundedXml& operator=(const BoundedXml&) = delete;

    /// False when a handler ended the reading.
    Result<bool> feed(std::string_view bytes);
    Result<bool> finish();

private:
    struct Callbacks;
    struct Free {
        void operator()(XML_ParserStruct* parser) const;
    };
    Result<bool> parse(std::string_view bytes, int isLast);
    std::string where() const;

    std::string place_;
    XmlHandlers handlers_;
    std::unique_ptr<XML_ParserStruct, Free> parser_;
    const char* problem_ = nullptr;
    bool ended_ = false;
    size_t depth_ = 0;
    size_t fed_ = 0;
};

}  // namespace deploy
