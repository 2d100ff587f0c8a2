#pragma once

#include "bundle/manifest.h"

namespace deploy {

/// 64 times the letter.
std::string digestLike(char letter);

/// What the sample bundle says of itself, with round sizes.
BundleManifest sampleManifest();

/// The images of a cluster's data tier that a single node does not have.
void addDataTier(BundleManifest& bundle);

/// What the ops server and the servers that it watches need.
void addOps(BundleManifest& bundle);

/// What a bundle for the cluster modes has besides.
void addKubernetes(BundleManifest& bundle, const std::string& distribution, bool chart);

}  // namespace deploy
