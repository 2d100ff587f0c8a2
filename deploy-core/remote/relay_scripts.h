#pragma once

#include <string>

namespace deploy {

/// Exit statuses of kRelaySendScript beside those of the receiving server (UploadStatus).
enum class RelayStatus {
    NoTools = 71,     ///< the server has no ssh client, or it makes no key
    Unreachable = 73  ///< the other server cannot be reached or does not let us in
};

/// $1 the receiving server's name. Makes a key for it, where there is none. Prints "key TYPE TEXT",
/// and "address A" for each of the server's own addresses.
extern const char* const kRelayKeyScript;

/// $1 public key "TYPE TEXT", $2 addresses that it may come from, with commas; what the key may run
/// on standard input (relayReceiver()). Lets it in, for that alone. Prints "hostkey TYPE TEXT" for
/// each host key.
extern const char* const kRelayAdmitScript;

/// $1 the receiving server's name, $2 partial and $3 complete file here, $4 size, $5 SHA-256,
/// $6 blocks of kResumeBytes that are there already, $7 streams (0 where dd cannot read whole
/// blocks), $8 user, $9 address, $10 port; known hosts on standard input, under the name
/// "finclip-relay". Sends a file while it still grows here. Prints "at BYTES", and now and then
/// "wait".
extern const char* const kRelaySendScript;

/// $1 "sender" (and $2 the receiving server's name), "receiver", or "all". Takes back what the
/// scripts above made; the authorized keys are byte for byte as before.
extern const char* const kRelayForgetScript;

/// The script that a relay's key may run, and nothing else: it receives a file into the folder,
/// under the name of its digest.
std::string relayReceiver(const std::string& folder);

}  // namespace deploy
