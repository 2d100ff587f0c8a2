#include "pages/bundle_card.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>

#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

BundleCard::BundleCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("title")),
      hint_(makeLabel("muted")),
      path_(new QLineEdit),
      chooseFolder_(makeButton(QStringLiteral("chooseBundleFolder"))),
      chooseFile_(makeButton(QStringLiteral("chooseBundleFile"))),
      key_(new QLineEdit),
      verify_(makeButton(QStringLiteral("verifyBundle"))),
      stop_(makeButton(QStringLiteral("stopVerify"))),
      bar_(new QProgressBar),
      progress_(makeLabel("muted")),
      result_(new NoteBox(context.theme)) {
    setProperty("role", QStringLiteral("card"));
    path_->setObjectName(QStringLiteral("bundlePath"));
    key_->setObjectName(QStringLiteral("bundleKey"));
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(22, 18, 22, 18);
    grid->setVerticalSpacing(8);
    grid->addWidget(title_, 0, 0, 1, 4);
    grid->addWidget(hint_, 1, 0, 1, 4);
    grid->addWidget(path_, 2, 0, 1, 2);
    grid->addWidget(chooseFolder_, 2, 2);
    grid->addWidget(chooseFile_, 2, 3);
    grid->addWidget(key_, 3, 0, 1, 2);
    grid->addWidget(verify_, 3, 2);
    grid->addWidget(stop_, 3, 3);
    grid->addWidget(bar_, 4, 0, 1, 4);
    grid->addWidget(progress_, 5, 0, 1, 4);
    grid->addWidget(result_, 6, 0, 1, 4);
    grid->setColumnStretch(0, 1);
    grid->setRowStretch(7, 1);

    connect(chooseFolder_, &QPushButton::clicked, this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Bundle folder"));
        if (!chosen.isEmpty()) {
            path_->setText(chosen);
            verify();
        }
    });
    connect(chooseFile_, &QPushButton::clicked, this, [this] {
        const QString chosen = QFileDialog::getOpenFileName(
            this, tr("Bundle archive"), {}, tr("Bundles (*.tar *.tar.zst);;All files (*)"));
        if (!chosen.isEmpty()) {
            path_->setText(chosen);
            verify();
        }
    });
    connect(verify_, &QPushButton::clicked, this, &BundleCard::verify);
    connect(path_, &QLineEdit::returnPressed, this, &BundleCard::verify);
    connect(stop_, &QPushButton::clicked, this, [this] { runner_.stop(); });
    connect(&runner_, &BundleRunner::progress, this, [this](quint64 done, quint64 total) {
        bar_->setValue(total > 0 ? int(done * 1000 / total) : 0);
        progress_->setText(tr("%1 of %2 verified").arg(bytesText(done), bytesText(total)));
    });
    connect(&runner_, &BundleRunner::verified, this, &BundleCard::take);
    connect(&runner_, &Runner::finished, this, [this] {
        if (context_.draft.isOpen() && project_ != context_.draft.content().id)
            adoptProject();
        refresh();
        Q_EMIT changed();
    });
    connect(&context_.draft, &Draft::readOnlyChanged, this, &BundleCard::refresh);
    retranslate();
}

void BundleCard::retranslate() {
    title_->setText(tr("Offline bundle"));
    path_->setPlaceholderText(tr("Folder, .tar or .tar.zst"));
    path_->setAccessibleName(tr("Path of the bundle"));
    chooseFolder_->setText(tr("Folder…"));
    chooseFile_->setText(tr("Archive…"));
    key_->setPlaceholderText(tr("Public key of the signature (minisign), if you have one"));
    key_->setAccessibleName(tr("Public key of the signature"));
    verify_->setText(tr("Verify"));
    stop_->setText(tr("Stop"));
    refresh();
}

void BundleCard::adoptProject() {
    runner_.stop();
    error_.reset();
    if (!context_.draft.isOpen()) {
        project_.clear();
        path_->clear();
        key_->clear();
        refresh();
        return;
    }
    if (runner_.running())
        return;  // it was asked to stop; this goes on when it has
    project_ = context_.draft.content().id;
    path_->setText(toQt(context_.draft.content().bundlePath));
    key_->setText(toQt(context_.draft.content().bundleKey));
    const bool practice = context_.draft.content().kind == deploy::ProjectKind::Practice;
    if (path_->text().isEmpty() && practice)
        take(deploy::openBundle(context_.draft.folder(), {}, {}));
    else if (!path_->text().isEmpty())
        verify();
    refresh();
}

void BundleCard::focusPath() {
    path_->setFocus();
}

void BundleCard::verify() {
    if (runner_.running() || !context_.draft.isOpen())
        return;
    const std::string path = fromQt(path_->text().trimmed());
    const std::string key = fromQt(key_->text().trimmed());
    error_.reset();
    context_.draft.set([&](deploy::ProjectContent& content) {
        content.bundlePath = path;
        content.bundleKey = key;
    });
    if (path.empty() && context_.draft.content().kind == deploy::ProjectKind::Practice) {
        take(deploy::openBundle(context_.draft.folder(), {}, {}));
        return;
    }
    context_.assessment.setBundle(std::nullopt);
    deploy::VerifyOptions options;
    options.publicKey = key;
    options.cache = context_.draft.folder().folder() / "bundle";
    bar_->setValue(0);
    progress_->setText({});
    runner_.verify(path, options);
    refresh();
    Q_EMIT changed();
}

void BundleCard::take(const deploy::Result<deploy::Bundle>& bundle) {
    // An answer may come when its project was closed already.
    if (!context_.draft.isOpen() || project_ != context_.draft.content().id)
        return;
    if (!bundle) {
        error_ = bundle.error();
    } else {
        error_.reset();
        context_.assessment.setBundle(*bundle);
        context_.draft.set(
            [&](deploy::ProjectContent& content) { content.bundleDigest = bundle->digest; });
    }
    refresh();
    Q_EMIT changed();
}

void BundleCard::refresh() {
    const bool busy = runner_.running();
    const bool editable = context_.draft.isOpen() && !context_.draft.readOnly() && !busy;
    for (QWidget* widget :
         std::initializer_list<QWidget*>{path_, chooseFolder_, chooseFile_, key_, verify_})
        widget->setEnabled(editable);
    stop_->setVisible(busy);
    bar_->setVisible(busy);
    progress_->setVisible(busy);
    const bool practice =
        context_.draft.isOpen() && context_.draft.content().kind == deploy::ProjectKind::Practice;
    QString hint =
        tr("The folder or archive with everything that is installed. It is verified "
           "here, and each file again on the server.");
    if (practice)
        hint +=
            QLatin1Char('\n') + tr("Practice uses a built-in sample where no bundle is chosen.");
    hint_->setText(hint);
    const auto& bundle = context_.assessment.bundle();
    if (error_) {
        result_->show(Tone::Error, tr("The bundle cannot be used"),
                      context_.texts.describe(*error_));
    } else if (bundle) {
        QStringList modes;
        for (const deploy::ModeId& mode : bundle->manifest.modes)
            modes << context_.texts.text("mode." + mode.str() + ".name");
        const QString signature = bundle->signedBy.empty()
                                      ? tr("not signed, or signature not asked for")
                                      : tr("signed by key %1").arg(toQt(bundle->signedBy));
        result_->show(Tone::Ok,
                      tr("%1 %2 verified")
                          .arg(toQt(bundle->manifest.product), toQt(bundle->manifest.version)),
                      joined({bytesText(bundle->manifest.totalBytes()), toQt(bundle->manifest.arch),
                              signature}) +
                          QLatin1Char('\n') + tr("Installs: %1").arg(listed(modes)));
    } else {
        result_->hide();
    }
}

}  // namespace wizard
