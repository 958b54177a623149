"""The languages of the window, by Qt's translator; the sentences lie in resources/translations."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QLocale, QTranslator

from photosearch.paths import resources

LANGUAGES = {"en": "English", "de": "Deutsch", "ko": "한국어"}
KEYS = (QT_TRANSLATE_NOOP("QShortcut", "Return"),)  # the names of keys that Qt leaves in English


def speak(language: str, app: QCoreApplication) -> None:
    """Speak a language from now on, "system" the system's; windows that exist keep their words."""
    wanted = [language, *(name.partition("-")[0] for name in QLocale.system().uiLanguages())]
    code = next((name for name in wanted if name in LANGUAGES), "en")
    QLocale.setDefault(QLocale.system() if QLocale.system().name().partition("_")[0] == code else QLocale(code))
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    ours, qts = resources() / "translations", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for folder, name in ((qts, f"qtbase_{code}"), (str(ours), f"photosearch_{code}")):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
