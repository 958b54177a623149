<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>About Photosearch</source>
        <translation>Über Photosearch</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>Versionen und Lizenzen</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>Versionen kopieren</translation>
    </message>
    <message>
        <source>Copy the versions, for a report of a problem</source>
        <translation>Kopiert die Versionen, etwa für eine Fehlermeldung</translation>
    </message>
    <message>
        <source>Photosearch</source>
        <translation>Photosearch</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>No photo is ever changed.</source>
        <translation>Kein Foto wird je verändert.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Encoder in use</source>
        <translation>Verwendeter Encoder</translation>
    </message>
    <message>
        <source>see its package</source>
        <translation>siehe Paket</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Entstanden mit</translation>
    </message>
    <message>
        <source>Encoders</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Sample photos</source>
        <translation>Beispielfotos</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Choose a photo …</source>
        <translation>Foto auswählen …</translation>
    </message>
    <message>
        <source>Paste a photo</source>
        <translation>Foto einfügen</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>Ähnliche suchen</translation>
    </message>
    <message>
        <source>Add to the search</source>
        <translation>Zur Suche hinzunehmen</translation>
    </message>
    <message>
        <source>Keep away from this</source>
        <translation>Ähnliche ausschließen</translation>
    </message>
    <message>
        <source>Broader</source>
        <translation>Breiter suchen</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Decisions about duplicates</source>
        <translation>Entscheidungen über Duplikate</translation>
    </message>
    <message>
        <source>Everything that was decided and holds. What is taken back is as if it had not been decided.</source>
        <translation>Alles, was entschieden wurde und gilt. Was zurückgenommen wird, ist, als wäre es nie entschieden worden.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>Went to the trash</source>
        <translation>In den Papierkorb gelegt</translation>
    </message>
    <message>
        <source>Moved away</source>
        <translation>Verschoben</translation>
    </message>
    <message>
        <source>Became hard links</source>
        <translation>Durch Hardlinks ersetzt</translation>
    </message>
    <message>
        <source>All kept</source>
        <translation>Alle behalten</translation>
    </message>
    <message>
        <source>Kept rather than the others</source>
        <translation>Statt der anderen behalten</translation>
    </message>
    <message>
        <source>To go</source>
        <translation>Soll gehen</translation>
    </message>
    <message>
        <source>Stays after all</source>
        <translation>Bleibt doch</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Name …</source>
        <translation>Benennen …</translation>
    </message>
    <message>
        <source>Make the name a label</source>
        <translation>Den Namen zum Etikett machen</translation>
    </message>
    <message>
        <source>Take the name away</source>
        <translation>Den Namen entfernen</translation>
    </message>
    <message>
        <source>Name a cluster</source>
        <translation>Eine Gruppe benennen</translation>
    </message>
    <message>
        <source>What these photos are; without a name it is taken away:</source>
        <translation>Was diese Fotos sind; ein leeres Feld entfernt den Namen:</translation>
    </message>
    <message>
        <source>the name “{name}”</source>
        <translation>der Name „{name}“</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos carry the label “{label}” now.</source>
        <translation>
            <numerusform>%Ln Foto trägt nun neu das Etikett „{label}“.</numerusform>
            <numerusform>%Ln Fotos tragen nun neu das Etikett „{label}“.</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to the trash …</source>
        <translation>In den Papierkorb …</translation>
    </message>
    <message>
        <source>Label …</source>
        <translation>Etikett …</translation>
    </message>
    <message>
        <source>Suggest photos for this label</source>
        <translation>Fotos für dieses Etikett vorschlagen</translation>
    </message>
    <message>
        <source>Same thing</source>
        <translation>Dasselbe</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>Nicht dasselbe</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare with the search</source>
        <translation>Mit dem Gesuchten vergleichen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>Foto kopieren</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>Größere Vorschaubilder</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>Kleinere Vorschaubilder</translation>
    </message>
    <message>
        <source>Library and window</source>
        <translation>Bibliothek und Fenster</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>There are no photos to cluster yet</source>
        <translation>Es gibt noch keine Fotos zu ordnen</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
        <source>Clusters appear here once photos have been indexed.</source>
        <translation>Gruppen erscheinen hier, sobald Fotos eingelesen sind.</translation>
    </message>
    <message>
        <source>At this level no photos belong together</source>
        <translation>Auf dieser Stufe gehören keine Fotos zusammen</translation>
    </message>
    <message>
        <source>Slide towards “coarser”, or let Photosearch choose.</source>
        <translation>Schieben Sie zu „gröber“, oder lassen Sie Photosearch wählen.</translation>
    </message>
    <message>
        <source>No photos belong together yet</source>
        <translation>Noch gehören keine Fotos zusammen</translation>
    </message>
    <message>
        <source>With more photos, kinds and occasions show.</source>
        <translation>Mit mehr Fotos zeigen sich Arten und Anlässe.</translation>
    </message>
    <message>
        <source>No clusters were found, as that was stopped</source>
        <translation>Keine Gruppen gefunden, da die Suche angehalten wurde</translation>
    </message>
    <message>
        <source>Find clusters</source>
        <translation>Gruppen finden</translation>
    </message>
    <message>
        <source>Reading what is known of the photos …</source>
        <translation>Liest, was von den Fotos bekannt ist …</translation>
    </message>
    <message>
        <source>Finding what is near each photo …</source>
        <translation>Sucht, was jedem Foto nahe ist …</translation>
    </message>
    <message>
        <source>Grouping the photos …</source>
        <translation>Ordnet die Fotos …</translation>
    </message>
    <message>
        <source>Clusters are found once other work has ended …</source>
        <translation>Gruppen werden gesucht, sobald andere Arbeit beendet ist …</translation>
    </message>
    <message>
        <source>Unreadable files …</source>
        <translation>Unlesbare Dateien …</translation>
    </message>
    <message>
        <source>Publish the library …</source>
        <translation>Bibliothek veröffentlichen …</translation>
    </message>
    <message>
        <source>Keywords become labels …</source>
        <translation>Stichwörter werden Etiketten …</translation>
    </message>
    <message>
        <source>Labels into sidecars …</source>
        <translation>Etiketten in Begleitdateien …</translation>
    </message>
    <message>
        <source>Stack bursts</source>
        <translation>Serien stapeln</translation>
    </message>
    <message>
        <source>Side bar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>To 9: give one of the labels given last, or take it; L tells them</source>
        <translation>Bis 9: eines der zuletzt vergebenen Etiketten geben oder nehmen; L nennt sie</translation>
    </message>
    <message>
        <source>Open the cluster</source>
        <translation>Die Gruppe öffnen</translation>
    </message>
    <message>
        <source>Name the cluster</source>
        <translation>Die Gruppe benennen</translation>
    </message>
    <message>
        <source>Back to all clusters</source>
        <translation>Zurück zu allen Gruppen</translation>
    </message>
    <message>
        <source>Another photo against the first</source>
        <translation>Ein anderes Foto gegen das erste</translation>
    </message>
    <message>
        <source>Previous group</source>
        <translation>Vorige Gruppe</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quick view; again to close it</source>
        <translation>Schnellansicht; noch einmal schließt sie</translation>
    </message>
    <message>
        <source>Open the photo, or the stack</source>
        <translation>Das Foto oder den Stapel öffnen</translation>
    </message>
    <message>
        <source>Open or close a stack</source>
        <translation>Einen Stapel öffnen oder schließen</translation>
    </message>
    <message>
        <source>Open the photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Open photo</source>
        <translation>Geöffnetes Foto</translation>
    </message>
    <message>
        <source>It carries the label</source>
        <translation>Es trägt das Etikett</translation>
    </message>
    <message>
        <source>It does not</source>
        <translation>Es trägt es nicht</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Search by a part of it</source>
        <translation>Nach einem Ausschnitt suchen</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben zum Foto</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Move the map, with any arrow</source>
        <translation>Karte verschieben, mit jedem Pfeil</translation>
    </message>
    <message>
        <source>See all of the map</source>
        <translation>Die ganze Karte sehen</translation>
    </message>
    <message>
        <source>The next photo from the middle outwards</source>
        <translation>Das nächste Foto, von der Mitte nach außen</translation>
    </message>
    <message>
        <source>Leave the photo</source>
        <translation>Das Foto verlassen</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Take the suggestion for this group</source>
        <translation>Den Vorschlag für diese Gruppe übernehmen</translation>
    </message>
    <message>
        <source>Keep the best, the rest go</source>
        <translation>Das beste behalten, die übrigen gehen</translation>
    </message>
    <message>
        <source>Best only</source>
        <translation>Nur das beste</translation>
    </message>
    <message>
        <source>Keep all of this burst</source>
        <translation>Alle dieser Serie behalten</translation>
    </message>
    <message>
        <source>Keep this one, the rest go</source>
        <translation>Dieses behalten, die übrigen gehen</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>Dieses behalten</translation>
    </message>
    <message>
        <source>Let it go, or stay</source>
        <translation>Aussortieren oder doch behalten</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Only this one</source>
        <translation>Nur dieses</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Gehen lassen</translation>
    </message>
    <message>
        <source>No duplicate</source>
        <translation>Kein Duplikat</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>Alle behalten</translation>
    </message>
    <message>
        <source>Not duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>Keep all of this group</source>
        <translation>Alle dieser Gruppe behalten</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>Nächste Gruppe</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Beim Vergleichen</translation>
    </message>
    <message>
        <source>Compare details</source>
        <translation>Einzelheiten vergleichen</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Umschalten</translation>
    </message>
    <message>
        <source>Shall Photosearch save what can be read? The damaged file is kept.</source>
        <translation>Soll Photosearch retten, was sich lesen lässt? Die beschädigte Datei bleibt erhalten.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have. Your photos and your library are safe.</source>
        <translation>Etwas ist schiefgegangen, das nicht hätte passieren dürfen. Fotos und Bibliothek sind unversehrt.</translation>
    </message>
    <message>
        <source>You can go on.</source>
        <translation>Es kann weitergehen.</translation>
    </message>
    <message>
        <source>Photosearch has to end now.</source>
        <translation>Photosearch muss jetzt beendet werden.</translation>
    </message>
    <message>
        <source>This report would help to mend it; nothing is sent unless you copy and send it.</source>
        <translation>Dieser Bericht würde helfen, den Fehler zu beheben. Von selbst wird nichts gesendet: Er lässt sich kopieren und verschicken.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>Copies the text above</source>
        <translation>Kopiert den Text oben</translation>
    </message>
    <message>
        <source>Open &amp;log folder</source>
        <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Shows the folder that holds the log</source>
        <translation>Zeigt den Ordner mit dem Protokoll</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ends Photosearch; the next start goes on where it was</source>
        <translation>Beendet Photosearch; der nächste Start macht dort weiter</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>&amp;Weitermachen</translation>
    </message>
    <message>
        <source>Closes this message</source>
        <translation>Schließt diese Meldung</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Remove from the search</source>
        <translation>Aus der Suche entfernen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Choose a photo to search with</source>
        <translation>Foto auswählen, mit dem gesucht wird</translation>
    </message>
    <message>
        <source>Search for something first, then say what to keep away from.</source>
        <translation>Zuerst etwas suchen, dann lässt sich Ähnliches ausschließen.</translation>
    </message>
    <message>
        <source>Select two to four photos to compare them.</source>
        <translation>Zum Vergleichen zwei bis vier Fotos auswählen.</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Überblenden</translation>
    </message>
    <message>
        <source>From the first photo to the other</source>
        <translation>Vom ersten Foto zum anderen</translation>
    </message>
    <message>
        <source>The next photo against the first (O)</source>
        <translation>Das nächste Foto gegen das erste (O)</translation>
    </message>
    <message>
        <source>Flip between two in one place (S)</source>
        <translation>Zwischen zweien an einer Stelle umschalten (S)</translation>
    </message>
    <message>
        <source>Show what differs, four times as strong (D)</source>
        <translation>Unterschiede zeigen, vierfach verstärkt (D)</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>Zoom and move all photos together (T)</source>
        <translation>Alle Fotos gemeinsam zoomen und verschieben (T)</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>Show the whole photos (0)</source>
        <translation>Die ganzen Fotos zeigen (0)</translation>
    </message>
    <message>
        <source>100 % (1)</source>
        <translation>100 % (1)</translation>
    </message>
    <message>
        <source>Looking for what differs…</source>
        <translation>Unterschiede werden gesucht …</translation>
    </message>
    <message>
        <source>What differs between {one} and {other}</source>
        <translation>Unterschiede zwischen {one} und {other}</translation>
    </message>
    <message>
        <source>{photos} · aligned</source>
        <translation>{photos} · ausgerichtet</translation>
    </message>
    <message>
        <source>Aligning …</source>
        <translation>Wird ausgerichtet …</translation>
    </message>
    <message>
        <source>turned as the kept one stands</source>
        <translation>gedreht wie das behaltene</translation>
    </message>
    <message>
        <source>the most pixels</source>
        <translation>die meisten Pixel</translation>
    </message>
    <message>
        <source>the largest file</source>
        <translation>die größte Datei</translation>
    </message>
    <message>
        <source>Details of the photo</source>
        <translation>Details des Fotos</translation>
    </message>
    <message>
        <source>Drag a rectangle to search by a part of the photo</source>
        <translation>Ein Rechteck aufziehen, um mit einem Ausschnitt zu suchen</translation>
    </message>
    <message>
        <source>Choose a photo to see it here.</source>
        <translation>Das gewählte Foto erscheint hier.</translation>
    </message>
    <message>
        <source>You are looking for photos like this one.</source>
        <translation>Gesucht werden Fotos wie dieses.</translation>
    </message>
    <message>
        <source>Drag a rectangle on the photo to search by a part of it.</source>
        <translation>Mit einem Ausschnitt suchen: einfach ein Rechteck auf dem Foto aufziehen.</translation>
    </message>
    <message>
        <source>The very same file content.</source>
        <translation>Genau derselbe Dateiinhalt.</translation>
    </message>
    <message>
        <source>Very probably the same picture, maybe edited.</source>
        <translation>Sehr wahrscheinlich dasselbe Bild, vielleicht bearbeitet.</translation>
    </message>
    <message>
        <source>Probably the same scene or thing.</source>
        <translation>Wahrscheinlich dieselbe Szene oder derselbe Gegenstand.</translation>
    </message>
    <message>
        <source>Probably the same kind of picture.</source>
        <translation>Wahrscheinlich dieselbe Art von Bild.</translation>
    </message>
    <message>
        <source>It looks alike.</source>
        <translation>Es sieht ähnlich aus.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln details agree.</source>
        <translation>
            <numerusform>%Ln Einzelheit stimmt überein.</numerusform>
            <numerusform>%Ln Einzelheiten stimmen überein.</numerusform>
        </translation>
    </message>
    <message>
        <source>Score {score} of 1.</source>
        <translation>Ähnlichkeit {score} von 1.</translation>
    </message>
    <message>
        <source>{width} × {height} ({megapixels} MP)</source>
        <translation>{width} × {height} ({megapixels} MP)</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Review what goes</source>
        <translation>Prüfen, was weggeht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them were not proposed to go: the kept ones do not show all of them, or that is not certain.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln davon war nicht vorgeschlagen: Das behaltene Foto zeigt nicht alles davon, oder das ist nicht sicher.</numerusform>
            <numerusform>%Ln davon waren nicht vorgeschlagen: Die behaltenen Fotos zeigen nicht alles davon, oder das ist nicht sicher.</numerusform>
        </translation>
    </message>
    <message>
        <source>Into the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Into another folder, keeping the folders they lie in</source>
        <translation>In einen anderen Ordner, mit derselben Ordnerstruktur</translation>
    </message>
    <message>
        <source>Replace identical files by hard links: every name stays, the space is freed</source>
        <translation>Identische Dateien durch Hardlinks ersetzen: Jeder Name bleibt, der Platz wird frei</translation>
    </message>
    <message>
        <source>The kept photo takes over rating, keywords, place and date</source>
        <translation>Das Foto, das bleibt, übernimmt Bewertung, Stichwörter, Ort und Datum</translation>
    </message>
    <message>
        <source>They are written into a sidecar file beside it; the photo itself is never changed.</source>
        <translation>Sie kommen in eine Begleitdatei daneben; das Foto selbst wird nie verändert.</translation>
    </message>
    <message>
        <source>Each file is checked once more before it goes. Sidecars and the other halves of a shot go along.</source>
        <translation>Jede Datei wird noch einmal geprüft, bevor sie weggeht. Begleitdateien und die andere Hälfte einer Aufnahme gehen mit.</translation>
    </message>
    <message>
        <source>It can be undone.</source>
        <translation>Es lässt sich rückgängig machen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go.</source>
        <translation>
            <numerusform>%Ln Foto geht.</numerusform>
            <numerusform>%Ln Fotos gehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln of them no copy stays in the library.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>Von %Ln davon bleibt keine Kopie in der Bibliothek.</numerusform>
            <numerusform>Von %Ln davon bleibt keine Kopie in der Bibliothek.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {size}</source>
        <translation>
            <numerusform>%Ln Foto, {size}</numerusform>
            <numerusform>%Ln Fotos, {size}</numerusform>
        </translation>
    </message>
    <message>
        <source>Files that go</source>
        <translation>Dateien, die weggehen</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Goes</source>
        <translation>Geht weg</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>Bleibt</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Nothing like it</source>
        <translation>Nichts dergleichen</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <comment>photos</comment>
        <translation>
            <numerusform>… und %Ln weiteres</numerusform>
            <numerusform>… und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the list …</source>
        <translation>Liste sichern …</translation>
    </message>
    <message>
        <source>Write what goes and what stays into a table (CSV)</source>
        <translation>Was geht und was bleibt in eine Tabelle schreiben (CSV)</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash</source>
        <translation>
            <numerusform>%Ln Foto in den Papierkorb</numerusform>
            <numerusform>%Ln Fotos in den Papierkorb</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to a folder …</source>
        <translation>
            <numerusform>%Ln Foto in einen Ordner …</numerusform>
            <numerusform>%Ln Fotos in einen Ordner …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln photos by links</source>
        <translation>
            <numerusform>%Ln Foto durch einen Link ersetzen</numerusform>
            <numerusform>%Ln Fotos durch Links ersetzen</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose where they go</source>
        <translation>Zielordner auswählen</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>Liste sichern</translation>
    </message>
    <message>
        <source>That frees {size} once the trash is emptied.</source>
        <translation>Das gibt {size} frei, sobald der Papierkorb geleert ist.</translation>
    </message>
    <message>
        <source>You chose so</source>
        <translation>So gewählt</translation>
    </message>
    <message>
        <source>You chose so: Another shot of the scene</source>
        <translation>Von Ihnen gewählt: eine andere Aufnahme der Szene</translation>
    </message>
    <message>
        <source>You chose so: {reason}</source>
        <translation>Von Ihnen gewählt: {reason}</translation>
    </message>
    <message>
        <source>An identical file</source>
        <translation>Identische Datei</translation>
    </message>
    <message>
        <source>The same picture</source>
        <translation>Gleiches Bild</translation>
    </message>
    <message>
        <source>An edited copy</source>
        <translation>Bearbeitete Kopie</translation>
    </message>
    <message>
        <source>A similar shot</source>
        <translation>Ähnliche Aufnahme</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>The drive is not connected.</source>
        <translation>Das Laufwerk ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>The same thing</source>
        <translation>Dasselbe</translation>
    </message>
    <message>
        <source>Not the same thing</source>
        <translation>Nicht dasselbe</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Etiketten</translation>
    </message>
    <message>
        <source>You said</source>
        <translation>Sie sagten</translation>
    </message>
    <message>
        <source>N</source>
        <comment>north</comment>
        <translation>N</translation>
    </message>
    <message>
        <source>S</source>
        <comment>south</comment>
        <translation>S</translation>
    </message>
    <message>
        <source>E</source>
        <comment>east</comment>
        <translation>O</translation>
    </message>
    <message>
        <source>W</source>
        <comment>west</comment>
        <translation>W</translation>
    </message>
    <message>
        <source>Aligned. What only the first photo shows is grey.</source>
        <translation>Ausgerichtet. Was nur das erste Foto zeigt, ist grau.</translation>
    </message>
    <message>
        <source>Compared at the size of the smaller photo.</source>
        <translation>Verglichen in der Größe des kleineren Fotos.</translation>
    </message>
    <message>
        <source>The two are equal pixel for pixel.</source>
        <translation>Beide sind Pixel für Pixel gleich.</translation>
    </message>
    <message>
        <source>Find lookalikes</source>
        <translation>Ähnliche suchen</translation>
    </message>
    <message>
        <source>or add a folder</source>
        <translation>oder einen Ordner hinzufügen</translation>
    </message>
    <message>
        <source>like these, too</source>
        <translation>auch wie diese</translation>
    </message>
    <message>
        <source>Keep away</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>not like these</source>
        <translation>nicht wie diese</translation>
    </message>
    <message numerus="yes">
        <source>That is too many photos for one search; drop up to %Ln.</source>
        <translation>
            <numerusform>Das sind zu viele Fotos für eine Suche; höchstens %Ln ist möglich.</numerusform>
            <numerusform>Das sind zu viele Fotos für eine Suche; höchstens %Ln sind möglich.</numerusform>
        </translation>
    </message>
    <message>
        <source>This is a link, and Photosearch never goes online. Save the picture, or copy and paste it.</source>
        <translation>Das ist ein Link, und Photosearch geht nie ins Internet. Das Bild lässt sich speichern oder kopieren und einfügen.</translation>
    </message>
    <message>
        <source>There is no picture to search with.</source>
        <translation>Da ist kein Bild, mit dem sich suchen lässt.</translation>
    </message>
    <message>
        <source>There is no photo in this folder.</source>
        <translation>In diesem Ordner ist kein Foto.</translation>
    </message>
    <message>
        <source>The pasted picture could not be read.</source>
        <translation>Das eingefügte Bild ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>Alle Ordner</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>All cameras</source>
        <translation>Alle Kameras</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>There are no photos yet.</source>
        <translation>Noch gibt es keine Fotos.</translation>
    </message>
    <message>
        <source>Strictness: how alike photos must be to be shown</source>
        <translation>Strenge: wie ähnlich Fotos sein müssen, um gezeigt zu werden</translation>
    </message>
    <message>
        <source>looser</source>
        <translation>lockerer</translation>
    </message>
    <message>
        <source>stricter</source>
        <translation>strenger</translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation>Reihenfolge der Fotos</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl+wheel)</source>
        <translation>Größe der Vorschaubilder (Strg+Mausrad)</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Suche läuft …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln ausgewählt</numerusform>
            <numerusform>%Ln ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
    <message>
        <source>Nothing looks this much alike</source>
        <translation>So ähnlich sieht nichts aus</translation>
    </message>
    <message>
        <source>Slide towards “looser” to see what comes nearest.</source>
        <translation>Der Regler in Richtung „lockerer“ zeigt, was am nächsten kommt.</translation>
    </message>
    <message>
        <source>Show what comes nearest</source>
        <translation>Zeigen, was am nächsten kommt</translation>
    </message>
    <message>
        <source>No photo passes these filters</source>
        <translation>Zu diesen Filtern passt kein Foto</translation>
    </message>
    <message>
        <source>Photos appear here as they are found</source>
        <translation>Gefundene Fotos erscheinen gleich hier</translation>
    </message>
    <message>
        <source>You can search meanwhile.</source>
        <translation>Gesucht werden kann schon jetzt.</translation>
    </message>
    <message>
        <source>There is nothing to compare with yet</source>
        <translation>Noch gibt es nichts zum Vergleichen</translation>
    </message>
    <message>
        <source>Add a folder of photos first.</source>
        <translation>Zuerst einen Ordner mit Fotos hinzufügen.</translation>
    </message>
    <message>
        <source>There are no photos here</source>
        <translation>Hier sind keine Fotos</translation>
    </message>
    <message>
        <source>New photos in this folder appear by themselves.</source>
        <translation>Neue Fotos in diesem Ordner erscheinen von selbst.</translation>
    </message>
    <message>
        <source>Most alike first</source>
        <translation>Ähnlichste zuerst</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>Wo gesucht wird</translation>
    </message>
    <message>
        <source>Order of the groups</source>
        <translation>Reihenfolge der Gruppen</translation>
    </message>
    <message>
        <source>Show only groups with a photo of a format, size, camera, day or folder</source>
        <translation>Nur Gruppen zeigen, in denen ein Foto zu Format, Größe, Kamera, Tag oder Ordner passt</translation>
    </message>
    <message>
        <source>By rule …</source>
        <translation>Nach Regel …</translation>
    </message>
    <message>
        <source>Let all photos go that lie in a folder or are called so; you see which before</source>
        <translation>Alle Fotos gehen lassen, die in einem Ordner liegen oder so heißen; welche, sieht man vorher</translation>
    </message>
    <message>
        <source>Whole library</source>
        <translation>Ganze Bibliothek</translation>
    </message>
    <message>
        <source>In “{folder}”</source>
        <translation>In „{folder}“</translation>
    </message>
    <message>
        <source>In a folder …</source>
        <translation>In einem Ordner …</translation>
    </message>
    <message>
        <source>“{folder}” against “{other}”</source>
        <translation>„{folder}“ gegen „{other}“</translation>
    </message>
    <message>
        <source>A folder against another …</source>
        <translation>Ein Ordner gegen einen anderen …</translation>
    </message>
    <message>
        <source>Look for duplicates in which folder?</source>
        <translation>In welchem Ordner nach Duplikaten suchen?</translation>
    </message>
    <message>
        <source>Which folder may lose photos?</source>
        <translation>Aus welchem Ordner dürfen Fotos gehen?</translation>
    </message>
    <message>
        <source>And which one keeps all of its photos?</source>
        <translation>Und welcher behält alle seine Fotos?</translation>
    </message>
    <message>
        <source>Most space first</source>
        <translation>Größte Ersparnis zuerst</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>Sicherste zuerst</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Most photos first</source>
        <translation>Meiste Fotos zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>Largest files first</source>
        <translation>Größte Dateien zuerst</translation>
    </message>
    <message>
        <source>Smallest files first</source>
        <translation>Kleinste Dateien zuerst</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>probable by {percent}</source>
        <translation>wahrscheinlich zu {percent}</translation>
    </message>
    <message>
        <source>burst</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>exposure bracket</source>
        <translation>Belichtungsreihe</translation>
    </message>
    <message>
        <source>panorama</source>
        <translation>Panorama</translation>
    </message>
    <message numerus="yes">
        <source>{place} of %Ln photos, {kind}</source>
        <translation>
            <numerusform>{place} von %Ln Foto, {kind}</numerusform>
            <numerusform>{place} von %Ln Fotos, {kind}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {kind}</source>
        <translation>
            <numerusform>%Ln Foto, {kind}</numerusform>
            <numerusform>%Ln Fotos, {kind}</numerusform>
        </translation>
    </message>
    <message>
        <source>Its drive is not connected.</source>
        <translation>Das Laufwerk ist nicht angeschlossen.</translation>
    </message>
    <message>
        <source>This file is no longer there.</source>
        <translation>Diese Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number} %</translation>
    </message>
    <message>
        <source>identical</source>
        <translation>identisch</translation>
    </message>
    <message>
        <source>same picture</source>
        <translation>gleiches Bild</translation>
    </message>
    <message>
        <source>same scene</source>
        <translation>gleiche Szene</translation>
    </message>
    <message>
        <source>same kind</source>
        <translation>gleiche Art</translation>
    </message>
    <message>
        <source>lookalike</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>Ordner mit Fotos auswählen</translation>
    </message>
    <message>
        <source>Remove a folder</source>
        <translation>Ordner entfernen</translation>
    </message>
    <message>
        <source>Remove “{folder}” from the library?
The photos themselves stay where they are.</source>
        <translation>„{folder}“ aus der Bibliothek entfernen?
Die Fotos selbst bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Like {name} – Photosearch</source>
        <translation>Wie {name} – Photosearch</translation>
    </message>
    <message>
        <source>This photo is no longer in the library.</source>
        <translation>Dieses Foto ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Drag to choose the part to search by, or use Shift with the arrow keys, then Enter</source>
        <translation>Ausschnitt für die Suche aufziehen oder mit Umschalt und Pfeiltasten wählen, dann Eingabetaste</translation>
    </message>
    <message>
        <source>Drop, paste or choose a photo …</source>
        <translation>Foto hierher ziehen, einfügen oder auswählen …</translation>
    </message>
    <message>
        <source>Keep away from “{name}”</source>
        <translation>Nichts, was „{name}“ ähnelt</translation>
    </message>
    <message>
        <source>A part of “{name}”</source>
        <translation>Ein Ausschnitt aus „{name}“</translation>
    </message>
    <message>
        <source>Part of {name}</source>
        <translation>Ausschnitt aus {name}</translation>
    </message>
    <message>
        <source>Looks like “{name}”</source>
        <translation>Sieht aus wie „{name}“</translation>
    </message>
    <message>
        <source>Only in {folder}</source>
        <translation>Nur in {folder}</translation>
    </message>
    <message>
        <source>Only with the label “{label}”</source>
        <translation>Nur mit dem Etikett „{label}“</translation>
    </message>
    <message>
        <source>Only of these days</source>
        <translation>Nur von diesen Tagen</translation>
    </message>
    <message>
        <source>Only {formats}</source>
        <translation>Nur {formats}</translation>
    </message>
    <message>
        <source>Only taken with {camera}</source>
        <translation>Nur mit {camera} aufgenommen</translation>
    </message>
    <message>
        <source>Only files of this size</source>
        <translation>Nur Dateien dieser Größe</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>The file is cut short.</source>
        <translation>Die Datei ist unvollständig.</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The file is damaged, or is not a picture of a kind that Photosearch knows.</source>
        <translation>Die Datei ist beschädigt oder kein Bild in einem Format, das Photosearch kennt.</translation>
    </message>
    <message>
        <source>There is no permission to read the file, or another program keeps it to itself.</source>
        <translation>Die Datei darf nicht gelesen werden, oder ein anderes Programm gibt sie nicht frei.</translation>
    </message>
    <message>
        <source>What reads such files cannot be loaded ({reason}): install Photosearch again.</source>
        <translation>Was solche Dateien liest, lässt sich nicht laden ({reason}): Installieren Sie Photosearch neu.</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>Das Bild ist beschädigt.</translation>
    </message>
    <message>
        <source>The picture is packed in a way that Photosearch cannot read.</source>
        <translation>Das Bild ist so gepackt, dass Photosearch es nicht lesen kann.</translation>
    </message>
    <message>
        <source>The picture is too large: {count} megapixels; at most {limit} are read.</source>
        <translation>Das Bild ist zu groß: {count} Megapixel; gelesen werden höchstens {limit}.</translation>
    </message>
    <message>
        <source>The picture is too large: decoding it would take too much memory.</source>
        <translation>Das Bild ist zu groß: Es zu lesen würde zu viel Speicher brauchen.</translation>
    </message>
    <message>
        <source>There was not enough memory to read the file.</source>
        <translation>Der Speicher reichte nicht, um die Datei zu lesen.</translation>
    </message>
    <message>
        <source>There is no permission to read the file.</source>
        <translation>Die Berechtigung zum Lesen der Datei fehlt.</translation>
    </message>
    <message>
        <source>The disk could not read the file ({reason}).</source>
        <translation>Das Laufwerk konnte die Datei nicht lesen ({reason}).</translation>
    </message>
    <message>
        <source>Decoding took longer than {count} seconds.</source>
        <translation>Das Lesen dauerte länger als {count} Sekunden.</translation>
    </message>
    <message>
        <source>The decoder crashed on this file.</source>
        <translation>An dieser Datei ist der Decoder abgestürzt.</translation>
    </message>
    <message>
        <source>The system ended the decoder, most likely as memory was short.</source>
        <translation>Das System hat den Decoder beendet, wahrscheinlich weil der Speicher knapp war.</translation>
    </message>
    <message>
        <source>The file is too large: {count} GB; at most {limit} are read.</source>
        <translation>Die Datei ist zu groß: {count} GB; gelesen werden höchstens {limit}.</translation>
    </message>
    <message>
        <source>Photosearch does not read files of this kind: {kind}.</source>
        <translation>Photosearch liest Dateien dieser Art nicht: {kind}.</translation>
    </message>
    <message>
        <source>The file is cut short: up to {percent} % of the picture is missing.</source>
        <translation>Die Datei ist abgeschnitten: Bis zu {percent} % des Bildes fehlen.</translation>
    </message>
    <message>
        <source>The file is cut short: the picture is coarser than it was.</source>
        <translation>Die Datei ist abgeschnitten: Das Bild ist gröber, als es war.</translation>
    </message>
    <message>
        <source>It is no ordinary file.</source>
        <translation>Es ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>It is no ordinary file</source>
        <translation>Es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>It is stored in the cloud only</source>
        <translation>Die Datei liegt nur in der Cloud</translation>
    </message>
    <message>
        <source>The separate process that decodes such files did not start.</source>
        <translation>Der eigene Prozess, der solche Dateien liest, ist nicht gestartet.</translation>
    </message>
    <message>
        <source>The region lies outside the photo, which is {width} × {height} pixels.</source>
        <translation>Der Ausschnitt liegt außerhalb des Fotos von {width} × {height} Pixeln.</translation>
    </message>
    <message>
        <source>The folder is empty; perhaps its drive is not connected.</source>
        <translation>Der Ordner ist leer; vielleicht ist sein Laufwerk nicht angeschlossen.</translation>
    </message>
    <message>
        <source>It is a link that leads nowhere; perhaps a drive is not connected.</source>
        <translation>Es ist eine Verknüpfung ins Leere; vielleicht ist ein Laufwerk nicht angeschlossen.</translation>
    </message>
    <message>
        <source>There is no permission to look into it.</source>
        <translation>Die Berechtigung fehlt, hineinzusehen.</translation>
    </message>
    <message>
        <source>Its path is too long for the system.</source>
        <translation>Der Pfad ist zu lang für das System.</translation>
    </message>
    <message>
        <source>It is a virtual folder of the system, not on a disk.</source>
        <translation>Es ist ein virtueller Ordner des Systems und liegt auf keinem Datenträger.</translation>
    </message>
    <message>
        <source>It is stored in the cloud only, and Photosearch does not download it. A copy on this computer is read.</source>
        <translation>Die Datei liegt nur in der Cloud und wird nicht geholt. Sobald sie auf diesem Computer liegt, wird sie gelesen.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>Es ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The disk could not read it ({reason}).</source>
        <translation>Der Datenträger konnte es nicht lesen ({reason}).</translation>
    </message>
    <message>
        <source>There is no photo “{path}”.</source>
        <translation>Es gibt kein Foto „{path}“.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>„{path}“ lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be searched with. {reason}</source>
        <translation>Mit „{path}“ lässt sich nicht suchen. {reason}</translation>
    </message>
    <message>
        <source>“{path}” cannot be read. {reason}</source>
        <translation>„{path}“ kann nicht gelesen werden. {reason}</translation>
    </message>
    <message>
        <source>The encoder “{name}” is not calibrated, so it finds identical files only.</source>
        <translation>Der Encoder „{name}“ ist nicht kalibriert und findet darum nur identische Dateien.</translation>
    </message>
    <message>
        <source>None of the photos can be read now.</source>
        <translation>Keines der Fotos kann jetzt gelesen werden.</translation>
    </message>
    <message>
        <source>The settings “{path}” cannot be read, so it is unknown which folders are protected, and no photo is removed. “photosearch doctor --repair” puts the settings aside.</source>
        <translation>Die Einstellungen „{path}“ können nicht gelesen werden. Daher ist unbekannt, welche Ordner geschützt sind, und kein Foto wird entfernt. „photosearch doctor --repair“ legt die Einstellungen beiseite.</translation>
    </message>
    <message>
        <source>Exclusions apply to the whole folder “{path}”: index that folder.</source>
        <translation>Was ausgelassen wird, gilt für den ganzen Ordner „{path}“: diesen einlesen.</translation>
    </message>
    <message>
        <source>“{path}” is a virtual folder of the system; it holds no photos.</source>
        <translation>„{path}“ ist ein virtueller Ordner des Systems; Fotos sind dort keine.</translation>
    </message>
    <message>
        <source>There is no folder “{path}”, or it cannot be reached.</source>
        <translation>Den Ordner „{path}“ gibt es nicht, oder er ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>“{path}” is not a folder of the library.</source>
        <translation>„{path}“ ist kein Ordner der Bibliothek.</translation>
    </message>
    <message>
        <source>Give a photo to search with.</source>
        <translation>Ein Foto angeben, mit dem gesucht wird.</translation>
    </message>
    <message>
        <source>“{path}” is a photo, which is never changed; choose another name.</source>
        <translation>„{path}“ ist ein Foto und wird nie verändert; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>You chose it</source>
        <translation>Selbst gewählt</translation>
    </message>
    <message>
        <source>The only one that can be reached now</source>
        <translation>Als einziges gerade erreichbar</translation>
    </message>
    <message>
        <source>In a protected folder</source>
        <translation>In einem geschützten Ordner</translation>
    </message>
    <message>
        <source>In “{folder}”, which comes first</source>
        <translation>In „{folder}“, dem besseren Ordner</translation>
    </message>
    <message>
        <source>With edits or a video beside it</source>
        <translation>Mit Bearbeitungen oder einem Video daneben</translation>
    </message>
    <message>
        <source>Most like all the others</source>
        <translation>Allen anderen am ähnlichsten</translation>
    </message>
    <message>
        <source>Shows the whole scene</source>
        <translation>Zeigt die ganze Szene</translation>
    </message>
    <message>
        <source>Has the most detail</source>
        <translation>Hat die meisten Details</translation>
    </message>
    <message>
        <source>Has the colours</source>
        <translation>Hat die Farben</translation>
    </message>
    <message>
        <source>Is not clipped to black or white</source>
        <translation>Ohne ausgefressene Lichter und Schatten</translation>
    </message>
    <message>
        <source>The others were made from it</source>
        <translation>Die anderen sind daraus entstanden</translation>
    </message>
    <message>
        <source>Holds more than the one picture</source>
        <translation>Enthält mehr als das eine Bild</translation>
    </message>
    <message>
        <source>Largest: {width} × {height}</source>
        <translation>Am größten: {width} × {height}</translation>
    </message>
    <message>
        <source>Best format: {format}</source>
        <translation>Bestes Format: {format}</translation>
    </message>
    <message>
        <source>No other photo shows all of it</source>
        <translation>Kein anderes Foto zeigt alles davon</translation>
    </message>
    <message>
        <source>Shows all that its copies show</source>
        <translation>Zeigt alles, was seine Kopien zeigen</translation>
    </message>
    <message>
        <source>Best JPEG quality: {quality}</source>
        <translation>Beste JPEG-Qualität: {quality}</translation>
    </message>
    <message>
        <source>Sharpest</source>
        <translation>Am schärfsten</translation>
    </message>
    <message>
        <source>Most complete EXIF</source>
        <translation>Vollständigste EXIF-Daten</translation>
    </message>
    <message>
        <source>Earliest: {date}</source>
        <translation>Am frühesten: {date}</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>Größte Datei</translation>
    </message>
    <message>
        <source>Plainest name: {name}</source>
        <translation>Schlichtester Name: {name}</translation>
    </message>
    <message>
        <source>Fewest folders above it</source>
        <translation>Die wenigsten Ordner darüber</translation>
    </message>
    <message>
        <source>Shortest path</source>
        <translation>Kürzester Pfad</translation>
    </message>
    <message>
        <source>First in the order of paths</source>
        <translation>Der Pfad kommt der Reihenfolge nach zuerst</translation>
    </message>
    <message>
        <source>Added first</source>
        <translation>Zuerst hinzugefügt</translation>
    </message>
    <message>
        <source>In the folder that the others are compared with</source>
        <translation>Im Ordner, mit dem die anderen verglichen werden</translation>
    </message>
    <message>
        <source>Another shot: both stay</source>
        <translation>Eine andere Aufnahme: beide bleiben</translation>
    </message>
    <message>
        <source>Shows something that the kept one does not</source>
        <translation>Zeigt etwas, das dem behaltenen fehlt</translation>
    </message>
    <message>
        <source>One is a page or a frame around the other</source>
        <translation>Das eine ist eine Seite oder ein Rahmen um das andere</translation>
    </message>
    <message>
        <source>Shows more of the scene than the kept one</source>
        <translation>Zeigt mehr von der Szene als das behaltene</translation>
    </message>
    <message>
        <source>Has more detail than the kept one</source>
        <translation>Hat mehr Details als das behaltene</translation>
    </message>
    <message>
        <source>Has colours that the kept one lacks</source>
        <translation>Hat Farben, die dem behaltenen fehlen</translation>
    </message>
    <message>
        <source>Is not clipped where the kept one is</source>
        <translation>Zeichnet, wo das behaltene ausgefressen ist</translation>
    </message>
    <message>
        <source>The kept one was made from it</source>
        <translation>Das behaltene ist daraus entstanden</translation>
    </message>
    <message>
        <source>Holds more than the kept one shows: pages, frames, a video, depth, transparency, finer tones or edits</source>
        <translation>Enthält mehr, als das behaltene zeigt: Seiten, Einzelbilder, ein Video, Tiefe, Transparenz, feinere Töne oder Bearbeitungen</translation>
    </message>
    <message>
        <source>Another exposure of the same moment: both stay</source>
        <translation>Eine andere Belichtung desselben Moments: beide bleiben</translation>
    </message>
    <message>
        <source>Which one was made from the other is not certain</source>
        <translation>Unsicher, welches aus dem anderen entstand</translation>
    </message>
    <message>
        <source>Its letters may not be those of the kept one</source>
        <translation>Seine Schrift ist vielleicht nicht die des behaltenen</translation>
    </message>
    <message>
        <source>Cannot be read now, so it was not looked at</source>
        <translation>Jetzt nicht lesbar, daher nicht geprüft</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht geprüft</translation>
    </message>
    <message>
        <source>{first}. {second}</source>
        <translation>{first}. {second}</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>gespiegelt</translation>
    </message>
    <message>
        <source>turned</source>
        <translation>gedreht</translation>
    </message>
    <message>
        <source>stretched</source>
        <translation>verzerrt</translation>
    </message>
    <message>
        <source>something put over it or around it</source>
        <translation>etwas darüber oder darum herum gelegt</translation>
    </message>
    <message>
        <source>framed</source>
        <translation>gerahmt</translation>
    </message>
    <message>
        <source>cropped</source>
        <translation>beschnitten</translation>
    </message>
    <message>
        <source>colours changed</source>
        <translation>Farben geändert</translation>
    </message>
    <message>
        <source>tones changed</source>
        <translation>Tonwerte geändert</translation>
    </message>
    <message>
        <source>blurred or sharpened</source>
        <translation>weichgezeichnet oder geschärft</translation>
    </message>
    <message>
        <source>It is gone already.</source>
        <translation>Die Datei ist schon weg.</translation>
    </message>
    <message>
        <source>It has changed since it was compared.</source>
        <translation>Die Datei hat sich seit dem Vergleich geändert.</translation>
    </message>
    <message>
        <source>It is a link to another file, and links are left alone.</source>
        <translation>Das ist ein Link auf eine andere Datei, und Links bleiben unberührt.</translation>
    </message>
    <message>
        <source>It is the same file as the photo to keep, “{path}”.</source>
        <translation>Es ist dieselbe Datei wie das Foto, das bleiben soll: „{path}“.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, is itself to go.</source>
        <translation>Das Foto, das bleiben soll, „{path}“, ist selbst aussortiert.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, is gone.</source>
        <translation>Das Foto, das bleiben soll, „{path}“, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, has changed since it was compared.</source>
        <translation>Das Foto, das bleiben soll, „{path}“, hat sich seit dem Vergleich geändert.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, lies in a trash.</source>
        <translation>Das Foto, das bleiben soll, „{path}“, liegt in einem Papierkorb.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, lies in the folder to move to.</source>
        <translation>Das Foto, das bleiben soll, „{path}“, liegt im Zielordner.</translation>
    </message>
    <message>
        <source>It lies in the folder to move to already.</source>
        <translation>Die Datei liegt schon im Zielordner.</translation>
    </message>
    <message>
        <source>Only identical files can become one by a link.</source>
        <translation>Nur identische Dateien lassen sich durch einen Link zu einer machen.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, is on another drive, where no hard link can reach.</source>
        <translation>Das Foto, das bleiben soll, „{path}“, liegt auf einem anderen Laufwerk; dorthin reicht kein Hardlink.</translation>
    </message>
    <message>
        <source>It lies in a protected folder, which never loses a photo.</source>
        <translation>Es liegt in einem geschützten Ordner, aus dem nie ein Foto entfernt wird.</translation>
    </message>
    <message>
        <source>Edits or a video lie beside it now that do not lie beside the photo to keep, “{path}”.</source>
        <translation>Daneben liegen jetzt Bearbeitungen oder ein Video, die neben dem Foto, das bleiben soll, „{path}“, nicht liegen.</translation>
    </message>
    <message>
        <source>Edits or a video lie beside it now that were not there when it was chosen.</source>
        <translation>Daneben liegen jetzt Bearbeitungen oder ein Video, die noch nicht da waren, als es ausgewählt wurde.</translation>
    </message>
    <message>
        <source>It is a picture of its own that was not chosen to go.</source>
        <translation>Es ist ein eigenes Bild, das nicht zum Entfernen gewählt wurde.</translation>
    </message>
    <message>
        <source>The drive of the folder to move to is no longer connected.</source>
        <translation>Das Laufwerk des Zielordners ist nicht mehr angeschlossen.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, has no such file beside it, so this one stays.</source>
        <translation>Neben dem Foto, das bleiben soll, „{path}“, liegt nichts Entsprechendes; darum bleibt die Datei.</translation>
    </message>
    <message>
        <source>Photosearch was stopped before it reached this file.</source>
        <translation>Photosearch wurde angehalten, bevor diese Datei an der Reihe war.</translation>
    </message>
    <message>
        <source>It is no longer where Photosearch put it. If it is in the system&apos;s trash, restore it from there.</source>
        <translation>Die Datei ist nicht mehr dort, wo sie abgelegt wurde. Liegt sie im Papierkorb des Systems, lässt sie sich von dort zurückholen.</translation>
    </message>
    <message>
        <source>It was removed again by act {number}. Undo that act first.</source>
        <translation>Vorgang {number} hat es erneut entfernt. Machen Sie zuerst diesen Vorgang rückgängig.</translation>
    </message>
    <message>
        <source>the file it was linked to has changed or is gone</source>
        <translation>die verknüpfte Datei hat sich geändert oder ist fort</translation>
    </message>
    <message>
        <source>Windows replaces no file that is read-only</source>
        <translation>Windows ersetzt keine schreibgeschützte Datei</translation>
    </message>
    <message>
        <source>the folder of the photo is protected against changes</source>
        <translation>der Ordner des Fotos ist gegen Änderungen geschützt</translation>
    </message>
    <message>
        <source>this drive allows no hard link here</source>
        <translation>dieses Laufwerk erlaubt hier keinen Hardlink</translation>
    </message>
    <message>
        <source>the photo to keep is protected against links, or belongs to another person</source>
        <translation>das Foto, das bleiben soll, ist gegen Hardlinks geschützt oder gehört einer anderen Person</translation>
    </message>
    <message>
        <source>the photo to keep has changed meanwhile</source>
        <translation>das behaltene Foto hat sich inzwischen geändert</translation>
    </message>
    <message>
        <source>It was changed after it inherited metadata of this photo, so it stays as it is.</source>
        <translation>Sie wurde verändert, nachdem sie Angaben dieses Fotos übernommen hatte, und bleibt daher, wie sie ist.</translation>
    </message>
    <message>
        <source>There is no act {number} in the history.</source>
        <translation>Im Verlauf gibt es keinen Vorgang {number}.</translation>
    </message>
    <message>
        <source>The system says: {reason}.</source>
        <translation>Das System meldet: {reason}.</translation>
    </message>
    <message>
        <source>A label needs a name.</source>
        <translation>Ein Etikett braucht einen Namen.</translation>
    </message>
    <message>
        <source>There is no label “{name}”.</source>
        <translation>Es gibt kein Etikett „{name}“.</translation>
    </message>
    <message>
        <source>There is no decision {number} to take back.</source>
        <translation>Es gibt keine Entscheidung {number}, die sich zurücknehmen ließe.</translation>
    </message>
    <message>
        <source>The descriptors that were kept for search are damaged.</source>
        <translation>Die Deskriptoren, die für die Suche aufbewahrt werden, sind beschädigt.</translation>
    </message>
    <message>
        <source>The damaged thumbnail cache “{path}” cannot be replaced ({reason}); close every other Photosearch first, or delete it.</source>
        <translation>Der beschädigte Zwischenspeicher der Vorschaubilder „{path}“ lässt sich nicht ersetzen ({reason}); schließen Sie jedes andere Photosearch, oder löschen Sie ihn.</translation>
    </message>
    <message>
        <source>“{path}” is no ordinary file; take it away, or choose another folder for the library.</source>
        <translation>„{path}“ ist keine gewöhnliche Datei; entfernen Sie sie, oder wählen Sie einen anderen Ordner für die Bibliothek.</translation>
    </message>
    <message>
        <source>“{path}” is a link; take it away, or put the folder that it leads to in its place.</source>
        <translation>„{path}“ ist eine Verknüpfung; entfernen Sie sie, oder legen Sie den Ordner, zu dem sie führt, an ihre Stelle.</translation>
    </message>
    <message>
        <source>“{path}” can only be read, and Photosearch writes to its library: allow that, or copy the library to another folder. “photosearch publish” makes one that is only read.</source>
        <translation>„{path}“ kann nur gelesen werden, und Photosearch schreibt in seine Bibliothek: Erlauben Sie das, oder kopieren Sie die Bibliothek in einen anderen Ordner. „photosearch publish“ macht eine, die nur gelesen wird.</translation>
    </message>
    <message>
        <source>The catalog has been repaired meanwhile; try again.</source>
        <translation>Der Katalog wurde inzwischen repariert; bitte noch einmal.</translation>
    </message>
    <message>
        <source>The disk that holds the library is full. All work so far is kept.</source>
        <translation>Das Laufwerk mit der Bibliothek ist voll. Bisher Erledigtes bleibt erhalten.</translation>
    </message>
    <message>
        <source>The backup “{path}” cannot be written: {reason}.</source>
        <translation>Die Sicherung „{path}“ lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>A label has at most {limit} characters, and “{name}…” has {count}.</source>
        <translation>Ein Etikett hat höchstens {limit} Zeichen, und „{name}…“ hat {count}.</translation>
    </message>
    <message>
        <source>Another Photosearch is writing to this library; try again when it has finished.</source>
        <translation>Ein anderes Photosearch schreibt gerade in diese Bibliothek; wenn es fertig ist, noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The library folder “{path}” cannot be made: {reason}.</source>
        <translation>Der Bibliotheksordner „{path}“ lässt sich nicht anlegen: {reason}.</translation>
    </message>
    <message>
        <source>The library cannot be locked for writing: “{path}” ({reason}).</source>
        <translation>Die Bibliothek lässt sich nicht zum Schreiben sperren: „{path}“ ({reason}).</translation>
    </message>
    <message>
        <source>The catalog “{path}”</source>
        <translation>Der Katalog „{path}“</translation>
    </message>
    <message>
        <source>The library&apos;s catalog</source>
        <translation>Der Katalog der Bibliothek</translation>
    </message>
    <message>
        <source>{where} is damaged. “photosearch doctor --repair” saves what can be read.</source>
        <translation>{where} ist beschädigt. „photosearch doctor --repair“ rettet, was sich lesen lässt.</translation>
    </message>
    <message>
        <source>The catalog “{path}” is empty, although this library was in use. “photosearch doctor --repair” saves what can be read.</source>
        <translation>Der Katalog „{path}“ ist leer, obwohl diese Bibliothek benutzt wurde. „photosearch doctor --repair“ rettet, was gelesen werden kann.</translation>
    </message>
    <message>
        <source>“{path}” is a database of another program. Choose another folder for the library.</source>
        <translation>„{path}“ ist die Datenbank eines anderen Programms. Wählen Sie einen anderen Ordner für die Bibliothek.</translation>
    </message>
    <message>
        <source>{where} cannot be opened, read or written ({reason}).</source>
        <translation>{where} lässt sich nicht öffnen, lesen oder schreiben ({reason}).</translation>
    </message>
    <message>
        <source>The catalog “{path}” cannot be replaced: {reason}. Close every window of Photosearch and try again.</source>
        <translation>Der Katalog „{path}“ lässt sich nicht ersetzen: {reason}. Alle Fenster von Photosearch schließen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The catalog “{path}” cannot be replaced: {reason}.</source>
        <translation>Der Katalog „{path}“ lässt sich nicht ersetzen: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” was written by a newer Photosearch. Update the program to open it.</source>
        <translation>„{path}“ stammt von einem neueren Photosearch. Zum Öffnen das Programm aktualisieren.</translation>
    </message>
    <message>
        <source>The search index is damaged or out of date.</source>
        <translation>Der Suchindex ist beschädigt oder veraltet.</translation>
    </message>
    <message>
        <source>The search index could not be written: {reason}. Searching works, but more slowly.</source>
        <translation>Der Suchindex ließ sich nicht schreiben: {reason}. Suchen geht, aber langsamer.</translation>
    </message>
    <message>
        <source>There is no encoder “{name}”. “photosearch encoders” lists the available ones.</source>
        <translation>Es gibt keinen Encoder „{name}“. „photosearch encoders“ zeigt die vorhandenen.</translation>
    </message>
    <message>
        <source>An added encoder cannot be called “{name}”, as one of the program&apos;s is; give it another name in its {card}.</source>
        <translation>Ein hinzugefügter Encoder kann nicht „{name}“ heißen, denn so heißt einer des Programms; in seiner {card} einen anderen Namen angeben.</translation>
    </message>
    <message>
        <source>There is an encoder “{name}” already.</source>
        <translation>Den Encoder „{name}“ gibt es schon.</translation>
    </message>
    <message>
        <source>{reason} It keeps weights in “{name}”; an encoder is one file with all its weights.</source>
        <translation>{reason} Er hat Gewichte in „{name}“; ein Encoder ist eine Datei mit allen Gewichten.</translation>
    </message>
    <message>
        <source>The encoder in “{path}” cannot be copied: {reason}.</source>
        <translation>Der Encoder in „{path}“ lässt sich nicht kopieren: {reason}.</translation>
    </message>
    <message>
        <source>No other encoder was in use before this one.</source>
        <translation>Vor diesem war kein anderer Encoder in Gebrauch.</translation>
    </message>
    <message>
        <source>The encoder “{name}” cannot be loaded: {reason}</source>
        <translation>Der Encoder „{name}“ lässt sich nicht laden: {reason}</translation>
    </message>
    <message>
        <source>The encoder “{name}” cannot be run: {reason}</source>
        <translation>Der Encoder „{name}“ lässt sich nicht ausführen: {reason}</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives {shape}, not the dimension its card says.</source>
        <translation>Der Encoder „{name}“ liefert {shape}, nicht die Dimension aus seiner Beschreibung.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives NaN or infinite values.</source>
        <translation>Der Encoder „{name}“ liefert NaN oder unendliche Werte.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives vectors that are not of unit length.</source>
        <translation>Der Encoder „{name}“ liefert Vektoren, die nicht die Länge 1 haben.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives another vector each time it is asked.</source>
        <translation>Der Encoder „{name}“ liefert jedes Mal einen anderen Vektor.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives a photo one vector alone and another one in a batch.</source>
        <translation>Der Encoder „{name}“ liefert für ein Foto allein einen anderen Vektor als im Stapel.</translation>
    </message>
    <message>
        <source>The encoder “{name}” is blind: it gives the same vector for all photos.</source>
        <translation>Der Encoder „{name}“ ist blind: Er liefert für alle Fotos denselben Vektor.</translation>
    </message>
    <message>
        <source>“{path}” is no encoder bundle: its {card} cannot be read ({reason}).</source>
        <translation>„{path}“ ist kein Encoder: {card} lässt sich nicht lesen ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” is no encoder bundle: its {card} is not as it should be ({reason}).</source>
        <translation>„{path}“ ist kein Encoder: {card} ist fehlerhaft ({reason}).</translation>
    </message>
    <message>
        <source>The {card} in “{path}” has a name of other than 1 to 100 letters, digits, - and _.</source>
        <translation>Der Name in {card} in „{path}“ besteht nicht aus 1 bis 100 Buchstaben, Ziffern, - und _.</translation>
    </message>
    <message>
        <source>The {card} in “{path}” gives an input size or a dimension that no encoder has.</source>
        <translation>{card} in „{path}“ nennt eine Eingabegröße oder Dimension, die kein Encoder hat.</translation>
    </message>
    <message>
        <source>The {card} in “{path}” gives a part for kinds that its vectors do not have.</source>
        <translation>{card} in „{path}“ nennt einen Teil für Arten, den die Vektoren nicht haben.</translation>
    </message>
    <message>
        <source>The model of the encoder “{name}” cannot be read: {reason}.</source>
        <translation>Das Modell des Encoders „{name}“ lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>The model of the encoder “{name}” is damaged: its checksum does not match.</source>
        <translation>Das Modell des Encoders „{name}“ ist beschädigt: Die Prüfsumme stimmt nicht.</translation>
    </message>
    <message>
        <source>CUDA cannot be used: install onnxruntime-gpu and NVIDIA&apos;s driver, or choose the CPU.</source>
        <translation>CUDA lässt sich nicht verwenden: onnxruntime-gpu und den NVIDIA-Treiber installieren oder den Prozessor wählen.</translation>
    </message>
    <message>
        <source>An encoder is being taught in this library already.</source>
        <translation>In dieser Bibliothek wird schon ein Encoder angelernt.</translation>
    </message>
    <message>
        <source>Too few photos can be read to learn from: {limit} of {count}.</source>
        <translation>Zu wenige Fotos sind lesbar, um aus ihnen zu lernen: {limit} von {count}.</translation>
    </message>
    <message>
        <source>No photo has a label yet: photosearch label NAME PHOTO… gives one. Without any, there is --self-taught.</source>
        <translation>Noch hat kein Foto ein Etikett: photosearch label NAME FOTO… vergibt eines. Ohne Etiketten lernt --self-taught.</translation>
    </message>
    <message>
        <source>To teach itself, the library needs 20 different photos; so far there are {count}.</source>
        <translation>Um ohne Etiketten zu lernen, braucht die Bibliothek 20 verschiedene Fotos; bisher sind es {count}.</translation>
    </message>
    <message>
        <source>Every label has fewer than 3 photos; with more, some can be held out to measure with.</source>
        <translation>Jedes Etikett hat weniger als 3 Fotos; mit mehr ließen sich einige zurückhalten, um an ihnen zu messen.</translation>
    </message>
    <message>
        <source>None of the photos to learn from can be read.</source>
        <translation>Keines der Fotos, von denen gelernt werden soll, kann gelesen werden.</translation>
    </message>
    <message>
        <source>The encoder “{name}” cannot be taught: its network is of another kind.</source>
        <translation>Dem Encoder „{name}“ lässt sich nichts beibringen: Sein Netz ist von anderer Art.</translation>
    </message>
    <message>
        <source>A process that makes views of photos ended unexpectedly; is memory short?</source>
        <translation>Ein Prozess, der Ansichten von Fotos macht, endete unerwartet; ist der Arbeitsspeicher knapp?</translation>
    </message>
    <message>
        <source>There is not enough memory; a recipe with a smaller training_size or photos_a_step needs less.</source>
        <translation>Der Arbeitsspeicher reicht nicht; ein Rezept mit kleinerem training_size oder photos_a_step braucht weniger.</translation>
    </message>
    <message>
        <source>This version of PyTorch cannot read what an earlier run learned; --fresh discards it.</source>
        <translation>Diese Version von PyTorch kann nicht lesen, was ein früherer Lauf gelernt hat; --fresh verwirft es.</translation>
    </message>
    <message>
        <source>Photos that were left out, as they cannot be read: {count}.</source>
        <translation>Fotos, die ausgelassen wurden, da sie nicht lesbar sind: {count}.</translation>
    </message>
    <message>
        <source>The vectors were not whitened: {reason}</source>
        <translation>Die Vektoren wurden nicht dekorreliert (Whitening): {reason}</translation>
    </message>
    <message>
        <source>No label has {count} photos of its own: each counts for its rarest label. It takes two labels to learn what tells them apart.</source>
        <translation>Kein Etikett hat {count} eigene Fotos: Jedes zählt für sein seltenstes Etikett. Zum Lernen von Unterschieden sind zwei Etiketten nötig.</translation>
    </message>
    <message>
        <source>Only “{label}” has {count} photos of its own or more: each counts for its rarest label. It takes two labels to learn what tells them apart.</source>
        <translation>Nur „{label}“ hat {count} eigene Fotos oder mehr: Jedes zählt für sein seltenstes Etikett. Zum Lernen von Unterschieden sind zwei Etiketten nötig.</translation>
    </message>
    <message>
        <source>“{label}” was left out: it has {count} photo of its own.</source>
        <translation>„{label}“ blieb außen vor: Es hat {count} eigenes Foto.</translation>
    </message>
    <message>
        <source>“{label}” was left out: it has {count} photos of its own.</source>
        <translation>„{label}“ blieb außen vor: Es hat {count} eigene Fotos.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>kein Speicherplatz mehr</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>schreibgeschütztes Laufwerk</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>contact sheet</source>
        <translation>Kontaktabzug</translation>
    </message>
    <message>
        <source>table of duplicates</source>
        <translation>Tabelle der Duplikate</translation>
    </message>
    <message>
        <source>list of labels</source>
        <translation>Liste der Etiketten</translation>
    </message>
    <message>
        <source>file of descriptors</source>
        <translation>Datei der Deskriptoren</translation>
    </message>
    <message>
        <source>map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>Aussehen und Sprache</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Folders of the library</source>
        <translation>Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>Add a folder …</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>for instance: *.tmp; Thumbnails; private/*</source>
        <translation>zum Beispiel: *.tmp; Thumbnails; privat/*</translation>
    </message>
    <message>
        <source>Names or paths below the folder, with * and ?, parted by semicolons</source>
        <translation>Namen oder Pfade unterhalb des Ordners, mit * und ?, durch Semikolon getrennt</translation>
    </message>
    <message>
        <source>Leave out of this folder</source>
        <translation>In diesem Ordner auslassen</translation>
    </message>
    <message>
        <source>{folder} (not connected)</source>
        <translation>{folder} (nicht angeschlossen)</translation>
    </message>
    <message>
        <source>Photos are compared by what an encoder sees in them.</source>
        <translation>Fotos werden danach verglichen, was ein Encoder in ihnen sieht.</translation>
    </message>
    <message>
        <source>What clusters are made by</source>
        <translation>Wonach Gruppen gebildet werden</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>Nach Art</translation>
    </message>
    <message>
        <source>By occasion</source>
        <translation>Nach Anlass</translation>
    </message>
    <message>
        <source>How fine: from many small clusters to a few large ones</source>
        <translation>Wie fein: von vielen kleinen zu wenigen großen Gruppen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Let Photosearch choose how fine</source>
        <translation>Photosearch wählen lassen, wie fein</translation>
    </message>
    <message>
        <source>finer</source>
        <translation>feiner</translation>
    </message>
    <message>
        <source>coarser</source>
        <translation>gröber</translation>
    </message>
    <message>
        <source>By kind: what photos show. By occasion: the same place, thing or scene.</source>
        <translation>Nach Art: was Fotos zeigen. Nach Anlass: derselbe Ort, dasselbe Ding, dieselbe Szene.</translation>
    </message>
    <message>
        <source>This encoder does not tell kinds from occasions, so both are the same.</source>
        <translation>Dieser Encoder trennt Art und Anlass nicht; beides ist gleich.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <translation>
            <numerusform>%Ln Gruppe</numerusform>
            <numerusform>%Ln Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos belong to none</source>
        <translation>
            <numerusform>%Ln Foto gehört zu keiner</numerusform>
            <numerusform>%Ln Fotos gehören zu keiner</numerusform>
        </translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>NVIDIA graphics (CUDA)</source>
        <translation>NVIDIA-Grafik (CUDA)</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>Wird gemessen …</translation>
    </message>
    <message>
        <source>All cores ({count})</source>
        <translation>Alle Kerne ({count})</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Threads for indexing</source>
        <translation>Threads zum Einlesen</translation>
    </message>
    <message>
        <source>“{name}” takes over when it has encoded all photos, in the background. Until then “{now}” serves.</source>
        <translation>„{name}“ übernimmt, sobald er alle Fotos eingelesen hat; das geschieht im Hintergrund. Bis dahin arbeitet „{now}“ weiter.</translation>
    </message>
    <message>
        <source>Stay with “{now}”</source>
        <translation>Bei „{now}“ bleiben</translation>
    </message>
    <message>
        <source>“{before}” was used before. What it encoded is kept.</source>
        <translation>Vorher war „{before}“ in Gebrauch. Was er eingelesen hat, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Back to “{before}”</source>
        <translation>Zurück zu „{before}“</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>{name}: {rate} photos/s a core, {size}</source>
        <translation>{name}: {rate} Fotos/s je Kern, {size}</translation>
    </message>
    <message>
        <source>{device}: encodes {rate} photos/s here</source>
        <translation>{device}: schafft hier {rate} Fotos/s</translation>
    </message>
    <message>
        <source>{what}: {size}</source>
        <translation>{what}: {size}</translation>
    </message>
    <message>
        <source>Catalog</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Vorschaubilder</translation>
    </message>
    <message>
        <source>Search index</source>
        <translation>Suchindex</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Open this folder</source>
        <translation>Diesen Ordner öffnen</translation>
    </message>
    <message>
        <source>Clear the thumbnails</source>
        <translation>Vorschaubilder löschen</translation>
    </message>
    <message>
        <source>They are made again when they are needed</source>
        <translation>Sie entstehen neu, sobald sie gebraucht werden</translation>
    </message>
    <message>
        <source>Everything Photosearch knows lies here, and nowhere else. Your photos are not in it.</source>
        <translation>Alles, was Photosearch weiß, liegt hier und nirgends sonst. Die Fotos selbst sind nicht darin.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Takes up</source>
        <translation>Belegt</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>Anlernen</translation>
    </message>
    <message>
        <source>Let Photosearch learn from your labels</source>
        <translation>Photosearch aus den eigenen Etiketten lernen lassen</translation>
    </message>
    <message>
        <source>{folder} cannot be reached now</source>
        <translation>{folder} ist gerade nicht erreichbar</translation>
    </message>
    <message>
        <source>Suggest photos …</source>
        <translation>Fotos vorschlagen …</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Forget the label …</source>
        <translation>Etikett vergessen …</translation>
    </message>
    <message>
        <source>Bring up to date</source>
        <translation>Auf den neuesten Stand bringen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Remove from the library …</source>
        <translation>Aus der Bibliothek entfernen …</translation>
    </message>
    <message>
        <source>Photosearch is open already, but does not answer. Wait a little, or end it; then start again.</source>
        <translation>Photosearch ist schon offen, antwortet aber nicht. Kurz warten oder es beenden, dann neu starten.</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>Einen Ordner mit Fotos hierher ziehen</translation>
    </message>
    <message>
        <source>Photosearch finds photos by what they show.</source>
        <translation>Photosearch findet Fotos nach dem, was sie zeigen.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and no photo is ever changed.</source>
        <translation>Nichts verlässt diesen Computer, und kein Foto wird je verändert.</translation>
    </message>
    <message>
        <source>Choose a folder …</source>
        <translation>Ordner auswählen …</translation>
    </message>
    <message>
        <source>Try the sample photos</source>
        <translation>Mit Beispielfotos ausprobieren</translation>
    </message>
    <message>
        <source>Progress of indexing</source>
        <translation>Fortschritt des Einlesens</translation>
    </message>
    <message>
        <source>Kinds of duplicates</source>
        <translation>Arten von Duplikaten</translation>
    </message>
    <message>
        <source>Identical</source>
        <translation>Identisch</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Bearbeitet</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <source>Take the suggestions</source>
        <translation>Vorschläge übernehmen</translation>
    </message>
    <message>
        <source>Let those photos go of which the kept one shows everything, at least as well; the others stay</source>
        <translation>Die Fotos aussortieren, von denen das behaltene alles mindestens ebenso gut zeigt; die anderen bleiben</translation>
    </message>
    <message>
        <source>Let nothing go</source>
        <translation>Nichts aussortieren</translation>
    </message>
    <message>
        <source>Review …</source>
        <translation>Prüfen …</translation>
    </message>
    <message>
        <source>See every file that goes before anything happens</source>
        <translation>Zeigt jede Datei, die weggeht, bevor etwas geschieht</translation>
    </message>
    <message>
        <source>What is kept …</source>
        <translation>Was bleibt …</translation>
    </message>
    <message>
        <source>Bursts</source>
        <translation>Serien</translation>
    </message>
    <message>
        <source>Looking at photos that were taken in a row …</source>
        <translation>Fotos, die kurz hintereinander aufgenommen wurden, werden angesehen …</translation>
    </message>
    <message>
        <source>Looking for bursts …</source>
        <translation>Serien werden gesucht …</translation>
    </message>
    <message>
        <source>Decisions so far …</source>
        <translation>Bisherige Entscheidungen …</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>The search for bursts was stopped</source>
        <translation>Die Suche nach Serien wurde angehalten</translation>
    </message>
    <message>
        <source>Look for bursts</source>
        <translation>Serien suchen</translation>
    </message>
    <message>
        <source>No photos were taken in a row</source>
        <translation>Keine Fotos wurden kurz hintereinander aufgenommen</translation>
    </message>
    <message>
        <source>Shots of one scene within two seconds appear here, and those that a phone calls a burst.</source>
        <translation>Hier erscheinen Aufnahmen einer Szene innerhalb von zwei Sekunden und solche, die ein Telefon eine Serie nennt.</translation>
    </message>
    <message>
        <source>There are no photos yet</source>
        <translation>Es gibt noch keine Fotos</translation>
    </message>
    <message>
        <source>Bursts appear here once photos have been indexed.</source>
        <translation>Serien erscheinen hier, sobald Fotos eingelesen sind.</translation>
    </message>
    <message>
        <source>All bursts are decided</source>
        <translation>Über alle Serien ist entschieden</translation>
    </message>
    <message>
        <source>All photos of an exposure bracket or a panorama stay. A takes it off this list.</source>
        <translation>Alle Fotos einer Belichtungsreihe oder eines Panoramas bleiben. A nimmt sie von dieser Liste.</translation>
    </message>
    <message>
        <source>Kept the best of all bursts</source>
        <translation>Das beste jeder Serie behalten</translation>
    </message>
    <message>
        <source>Keep the best of all</source>
        <translation>Je das beste behalten</translation>
    </message>
    <message>
        <source>Best of all</source>
        <translation>Je das beste</translation>
    </message>
    <message>
        <source>Keep the best shot of each burst; the rest go, once you have reviewed them</source>
        <translation>Von jeder Serie die beste Aufnahme behalten; die übrigen gehen, nachdem Sie sie geprüft haben</translation>
    </message>
    <message>
        <source>Nothing goes yet. Enter keeps the best of a burst, the rest go.</source>
        <translation>Noch geht nichts. Die Eingabetaste behält das beste einer Serie, die übrigen gehen.</translation>
    </message>
    <message>
        <source>Progress of looking</source>
        <translation>Fortschritt der Suche</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>Größe der Vorschaubilder</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Photos have come since: look again</source>
        <translation>Seither kamen Fotos hinzu: noch einmal suchen</translation>
    </message>
    <message>
        <source>Looking for duplicates …</source>
        <translation>Duplikate werden gesucht …</translation>
    </message>
    <message>
        <source>You can go on with other things meanwhile.</source>
        <translation>Inzwischen geht alles andere weiter.</translation>
    </message>
    <message>
        <source>Nothing goes yet. Enter takes the suggestion for a group.</source>
        <translation>Noch geht nichts. Die Eingabetaste übernimmt den Vorschlag für eine Gruppe.</translation>
    </message>
    <message>
        <source>Undo: {what} (Ctrl+Z)</source>
        <translation>Rückgängig: {what} (Strg+Z)</translation>
    </message>
    <message numerus="yes">
        <source>Bring back the %Ln photos that went last ({when})</source>
        <translation>
            <numerusform>Das zuletzt aussortierte Foto zurückholen (%Ln, {when})</numerusform>
            <numerusform>Die zuletzt aussortierten %Ln Fotos zurückholen ({when})</numerusform>
        </translation>
    </message>
    <message>
        <source>Which of your photos are the same picture?</source>
        <translation>Welche Fotos zeigen das gleiche Bild?</translation>
    </message>
    <message>
        <source>Nothing is moved or deleted before you have seen and confirmed it.</source>
        <translation>Nichts wird verschoben oder gelöscht, bevor es gezeigt und bestätigt wurde.</translation>
    </message>
    <message>
        <source>Look for duplicates</source>
        <translation>Duplikate suchen</translation>
    </message>
    <message>
        <source>No group of this kind passes the filters</source>
        <translation>Zu den Filtern passt keine Gruppe dieser Art</translation>
    </message>
    <message>
        <source>Photos have come since.</source>
        <translation>Seither kamen Fotos hinzu.</translation>
    </message>
    <message>
        <source>No duplicates of this kind</source>
        <translation>Keine Duplikate dieser Art</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go</source>
        <translation>
            <numerusform>%Ln Foto geht weg</numerusform>
            <numerusform>%Ln Fotos gehen weg</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more need a look</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln weiteres ansehen</numerusform>
            <numerusform>%Ln weitere ansehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go as proposed.</source>
        <translation>
            <numerusform>%Ln Foto geht wie vorgeschlagen.</numerusform>
            <numerusform>%Ln Fotos gehen wie vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more need a look: nothing was decided of them.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln weiteres braucht einen Blick: Darüber ist nichts entschieden.</numerusform>
            <numerusform>%Ln weitere brauchen einen Blick: Über sie ist nichts entschieden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Took the suggestions</source>
        <translation>Vorschläge übernommen</translation>
    </message>
    <message>
        <source>Nothing goes</source>
        <translation>Nichts geht</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordner</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go by a rule</source>
        <translation>
            <numerusform>%Ln Foto geht nach einer Regel</numerusform>
            <numerusform>%Ln Fotos gehen nach einer Regel</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept: {name}</source>
        <translation>Behalten: {name}</translation>
    </message>
    <message>
        <source>Goes: {name}</source>
        <translation>Geht: {name}</translation>
    </message>
    <message>
        <source>Stays: {name}</source>
        <translation>Bleibt: {name}</translation>
    </message>
    <message>
        <source>This photo is the one that is kept. To keep another, go to that one and press K.</source>
        <translation>Dieses Foto bleibt. Soll ein anderes bleiben, dorthin gehen und K drücken.</translation>
    </message>
    <message>
        <source>This photo stays: it is protected, cannot be reached now, or is another name of a file that stays.</source>
        <translation>Dieses Foto bleibt: Es ist geschützt, gerade nicht erreichbar oder ein weiterer Name einer Datei, die bleibt.</translation>
    </message>
    <message>
        <source>Not duplicates: {name}</source>
        <translation>Kein Duplikat: {name}</translation>
    </message>
    <message>
        <source>All kept: {name}</source>
        <translation>Alle behalten: {name}</translation>
    </message>
    <message>
        <source>Nothing is proposed for this group. X lets a photo go, A keeps them all.</source>
        <translation>Für diese Gruppe ist nichts vorgeschlagen. X lässt ein Foto gehen, A behält alle.</translation>
    </message>
    <message>
        <source>All of this kind is decided. “Review …” shows what goes.</source>
        <translation>Von dieser Art ist alles entschieden. „Prüfen …“ zeigt, was geht.</translation>
    </message>
    <message>
        <source>Show which files and folders could not be read, and why</source>
        <translation>Zeigen, welche Dateien und Ordner nicht gelesen werden konnten und warum</translation>
    </message>
    <message>
        <source>Stop at the next safe point; what is done stays done</source>
        <translation>Hält an der nächsten sicheren Stelle an; Erledigtes bleibt erledigt</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on where indexing was stopped</source>
        <translation>Macht dort weiter, wo das Einlesen angehalten wurde</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unreadable</source>
        <translation>
            <numerusform>%Ln unlesbar</numerusform>
            <numerusform>%Ln unlesbar</numerusform>
        </translation>
    </message>
    <message>
        <source>published {moment}, read only</source>
        <translation>veröffentlicht {moment}, nur zum Lesen</translation>
    </message>
    <message>
        <source>Looking for photos …</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>indexing is stopped</source>
        <translation>Einlesen angehalten</translation>
    </message>
    <message>
        <source>Waiting until other work on this library is done …</source>
        <translation>Wartet, bis andere Arbeit an dieser Bibliothek fertig ist …</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>Fotos werden gesucht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln gefunden</numerusform>
            <numerusform>%Ln gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Publishing: {done} of {total}</source>
        <translation>Veröffentlichen: {done} von {total}</translation>
    </message>
    <message>
        <source>Preparing the search: {done} of {total}</source>
        <translation>Suche wird vorbereitet: {done} von {total}</translation>
    </message>
    <message>
        <source>Looking for lookalikes: {done} of {total}</source>
        <translation>Ähnliche werden gesucht: {done} von {total}</translation>
    </message>
    <message>
        <source>Comparing: {done} of {total}</source>
        <translation>Verglichen: {done} von {total}</translation>
    </message>
    <message>
        <source>Looking closer: {done} of {total}</source>
        <translation>Genauer angesehen: {done} von {total}</translation>
    </message>
    <message>
        <source>Clearing away: {done} of {total}</source>
        <translation>Aussortiert: {done} von {total}</translation>
    </message>
    <message>
        <source>Bringing back: {done} of {total}</source>
        <translation>Zurückgeholt: {done} von {total}</translation>
    </message>
    <message>
        <source>Reading keywords: {done} of {total}</source>
        <translation>Stichwörter werden gelesen: {done} von {total}</translation>
    </message>
    <message>
        <source>Writing sidecars: {done} of {total}</source>
        <translation>Begleitdateien werden geschrieben: {done} von {total}</translation>
    </message>
    <message>
        <source>Indexing {done} of {total}</source>
        <translation>Eingelesen: {done} von {total}</translation>
    </message>
    <message>
        <source>Encoding anew: {done} of {total}</source>
        <translation>Neu eingelesen: {done} von {total}</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>{rate} Fotos/s</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln neu</numerusform>
            <numerusform>%Ln neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln geändert</numerusform>
            <numerusform>%Ln geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moved</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln verschoben</numerusform>
            <numerusform>%Ln verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gone</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln fehlt</numerusform>
            <numerusform>%Ln fehlen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln offline</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln nicht angeschlossen</numerusform>
            <numerusform>%Ln nicht angeschlossen</numerusform>
        </translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>Unlesbare Dateien</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files and folders could not be read as a whole. They are left as they are, and everything else goes on.</source>
        <translation>
            <numerusform>%Ln Datei oder Ordner konnte nicht vollständig gelesen werden. Sie bleibt, wie sie ist, und alles andere geht weiter.</numerusform>
            <numerusform>%Ln Dateien und Ordner konnten nicht vollständig gelesen werden. Sie bleiben, wie sie sind, und alles andere geht weiter.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>Liste kopieren</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Previous photo (←)</source>
        <translation>Voriges Foto (←)</translation>
    </message>
    <message>
        <source>Next photo (→)</source>
        <translation>Nächstes Foto (→)</translation>
    </message>
    <message>
        <source>{position} of {total}</source>
        <translation>{position} von {total}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Back to the grid (Esc)</source>
        <translation>Zurück zu allen Fotos (Esc)</translation>
    </message>
    <message>
        <source>Show the whole photo (0)</source>
        <translation>Das ganze Foto zeigen (0)</translation>
    </message>
    <message>
        <source>Find similar photos (F)</source>
        <translation>Ähnliche Fotos suchen (F)</translation>
    </message>
    <message>
        <source>Search by a part: draw a rectangle, or zoom in to it and press Enter (R)</source>
        <translation>Nach einem Ausschnitt suchen: ein Rechteck zeichnen, oder hineinzoomen und die Eingabetaste drücken (R)</translation>
    </message>
    <message>
        <source>Compare with the photo searched with (C)</source>
        <translation>Mit dem gesuchten Foto vergleichen (C)</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>Erstes Foto</translation>
    </message>
    <message>
        <source>Last photo</source>
        <translation>Letztes Foto</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>weniger als eine Minute</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln min</source>
        <translation>
            <numerusform>noch etwa %Ln Min.</numerusform>
            <numerusform>noch etwa %Ln Min.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln h</source>
        <translation>
            <numerusform>noch etwa %Ln Std.</numerusform>
            <numerusform>noch etwa %Ln Std.</numerusform>
        </translation>
    </message>
    <message>
        <source>This library is only read here. Photos are cleared away where it was published from.</source>
        <translation>Diese Bibliothek wird hier nur gelesen. Fotos werden dort entfernt, von wo sie veröffentlicht wurde.</translation>
    </message>
    <message>
        <source>Clearing away …</source>
        <translation>Wird aussortiert …</translation>
    </message>
    <message>
        <source>Bringing back …</source>
        <translation>Wird zurückgeholt …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos went.</source>
        <translation>
            <numerusform>%Ln Foto aussortiert.</numerusform>
            <numerusform>%Ln Fotos aussortiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing went.</source>
        <translation>Nichts wurde aussortiert.</translation>
    </message>
    <message>
        <source>The trash could not take all of them; the others lie in “{folder}”.</source>
        <translation>Der Papierkorb konnte nicht alles aufnehmen; der Rest liegt in „{folder}“.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were left as they are.</source>
        <translation>
            <numerusform>%Ln Datei bleibt, wie sie ist.</numerusform>
            <numerusform>%Ln Dateien bleiben, wie sie sind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Another library put photos into “{folder}”; they can be moved back from there.</source>
        <translation>Eine andere Bibliothek hat Fotos nach „{folder}“ verschoben; von dort lassen sie sich zurückholen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are back.</source>
        <translation>
            <numerusform>%Ln Datei ist wieder da.</numerusform>
            <numerusform>%Ln Dateien sind wieder da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them have another name, as theirs was taken.</source>
        <comment>files</comment>
        <translation>
            <numerusform>%Ln davon heißt jetzt anders, denn der alte Name war vergeben.</numerusform>
            <numerusform>%Ln davon heißen jetzt anders, denn die alten Namen waren vergeben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Files that were left</source>
        <translation>Dateien, die bleiben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln decisions were taken back.</source>
        <translation>
            <numerusform>%Ln Entscheidung wurde zurückgenommen.</numerusform>
            <numerusform>%Ln Entscheidungen wurden zurückgenommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} go</source>
        <translation>{size} gehen weg</translation>
    </message>
    <message>
        <source>Kept: {reason}</source>
        <translation>Bleibt: {reason}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>bleibt</translation>
    </message>
    <message>
        <source>goes</source>
        <translation>geht weg</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Protected, or another name of a file that stays</source>
        <translation>Geschützt, oder ein weiterer Name einer Datei, die bleibt</translation>
    </message>
    <message>
        <source>Changes: {changes}</source>
        <translation>Änderungen: {changes}</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>Identical files</source>
        <translation>Identische Dateien</translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation>Gleiches Bild</translation>
    </message>
    <message>
        <source>Edited copies</source>
        <translation>Bearbeitete Kopien</translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation>Ähnliche Aufnahmen</translation>
    </message>
    <message>
        <source>Groups of duplicates</source>
        <translation>Gruppen von Duplikaten</translation>
    </message>
    <message>
        <source>This one is kept.</source>
        <translation>Dieses Foto bleibt.</translation>
    </message>
    <message>
        <source>group {number} of {total}</source>
        <translation>Gruppe {number} von {total}</translation>
    </message>
    <message>
        <source>The very same file content as the kept photo.</source>
        <translation>Genau derselbe Dateiinhalt wie beim Foto, das bleibt.</translation>
    </message>
    <message>
        <source>The same picture as the kept photo, saved in another way.</source>
        <translation>Das gleiche Bild wie das Foto, das bleibt, nur anders gespeichert.</translation>
    </message>
    <message>
        <source>A mirrored copy of the kept photo.</source>
        <translation>Eine gespiegelte Kopie des Fotos, das bleibt.</translation>
    </message>
    <message>
        <source>An edited copy of the kept photo.</source>
        <translation>Eine bearbeitete Kopie des Fotos, das bleibt.</translation>
    </message>
    <message>
        <source>Another shot of what the kept photo shows.</source>
        <translation>Eine andere Aufnahme dessen, was das Foto zeigt, das bleibt.</translation>
    </message>
    <message>
        <source>Aligned, they agree by {percent} %.</source>
        <translation>Ausgerichtet stimmen beide zu {percent} % überein.</translation>
    </message>
    <message>
        <source>It shows {percent} % of it.</source>
        <translation>Zu sehen sind {percent} % davon.</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>Rückgängig gemacht: {what}</translation>
    </message>
    <message>
        <source>Nothing was done since the window was opened. Earlier decisions are listed at the duplicates.</source>
        <translation>Seit dem Öffnen des Fensters wurde nichts getan. Frühere Entscheidungen stehen bei den Duplikaten.</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>Was bleibt</translation>
    </message>
    <message>
        <source>Rules in their order</source>
        <translation>Regeln in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>Folders in their order</source>
        <translation>Ordner in ihrer Reihenfolge</translation>
    </message>
    <message>
        <source>The first rule that tells two photos apart decides. Drag, or Alt with up and down.</source>
        <translation>Die erste Regel, die zwei Fotos unterscheidet, entscheidet. Umordnen durch Ziehen oder mit Alt und Pfeil auf oder ab.</translation>
    </message>
    <message>
        <source>Folders, the best first. A checked folder is protected: it never loses a photo.</source>
        <translation>Ordner, der beste zuerst. Ein angekreuzter Ordner ist geschützt: Er verliert nie ein Foto.</translation>
    </message>
    <message>
        <source>the better folder</source>
        <translation>der bessere Ordner</translation>
    </message>
    <message>
        <source>more pixels</source>
        <translation>mehr Pixel</translation>
    </message>
    <message>
        <source>the better format, RAW first</source>
        <translation>das bessere Format, RAW zuerst</translation>
    </message>
    <message>
        <source>less compression</source>
        <translation>weniger Kompression</translation>
    </message>
    <message>
        <source>the sharper one</source>
        <translation>das schärfere</translation>
    </message>
    <message>
        <source>more of what the camera noted</source>
        <translation>mehr Angaben der Kamera</translation>
    </message>
    <message>
        <source>the earlier date</source>
        <translation>das frühere Datum</translation>
    </message>
    <message>
        <source>the larger file</source>
        <translation>die größere Datei</translation>
    </message>
    <message>
        <source>the plainer name</source>
        <translation>der schlichtere Name</translation>
    </message>
    <message>
        <source>the first by its path</source>
        <translation>das erste nach seinem Pfad</translation>
    </message>
    <message numerus="yes">
        <source>Labels of %Ln photos</source>
        <translation>
            <numerusform>Etiketten von %Ln Foto</numerusform>
            <numerusform>Etiketten von %Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>A label, new or known</source>
        <translation>Ein Etikett, neu oder bekannt</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Keys in the grid: {keys}</source>
        <translation>Tasten im Raster: {keys}</translation>
    </message>
    <message>
        <source>({count} of {total})</source>
        <translation>({count} von {total})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos no longer carry “{label}”.</source>
        <translation>
            <numerusform>%Ln Foto trägt „{label}“ nicht mehr.</numerusform>
            <numerusform>%Ln Fotos tragen „{label}“ nicht mehr.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos carry “{label}”.</source>
        <translation>
            <numerusform>%Ln Foto trägt „{label}“.</numerusform>
            <numerusform>%Ln Fotos tragen „{label}“.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the labels of %Ln photos</source>
        <translation>
            <numerusform>die Etiketten von %Ln Foto</numerusform>
            <numerusform>die Etiketten von %Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename a label</source>
        <translation>Etikett umbenennen</translation>
    </message>
    <message>
        <source>Its new name; if there is such a label already, the two become one:</source>
        <translation>Der neue Name; gibt es so ein Etikett schon, werden beide eins:</translation>
    </message>
    <message>
        <source>the new name of “{label}”</source>
        <translation>der neue Name von „{label}“</translation>
    </message>
    <message>
        <source>Forget the label “{label}”?
The photos themselves stay as they are.</source>
        <translation>Das Etikett „{label}“ vergessen?
Die Fotos selbst bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Forget a label</source>
        <translation>Etikett vergessen</translation>
    </message>
    <message>
        <source>forgetting “{label}”</source>
        <translation>das Vergessen von „{label}“</translation>
    </message>
    <message numerus="yes">
        <source>Noted: %Ln photos show the same thing as “{name}”.</source>
        <translation>
            <numerusform>Vermerkt: %Ln Foto zeigt dasselbe wie „{name}“.</numerusform>
            <numerusform>Vermerkt: %Ln Fotos zeigen dasselbe wie „{name}“.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Noted: %Ln photos do not show the same thing as “{name}”.</source>
        <translation>
            <numerusform>Vermerkt: %Ln Foto zeigt nicht dasselbe wie „{name}“.</numerusform>
            <numerusform>Vermerkt: %Ln Fotos zeigen nicht dasselbe wie „{name}“.</numerusform>
        </translation>
    </message>
    <message>
        <source>Teach what belongs together</source>
        <translation>Beibringen, was zusammengehört</translation>
    </message>
    <message>
        <source>Photosearch learns to find photos in your way. Some photos are held out, to measure what it gained; nothing changes before you have seen that. Nothing leaves this computer.</source>
        <translation>Photosearch lernt, Fotos so zu finden, wie es gewünscht ist. Einige Fotos werden zurückgehalten, um den Gewinn zu messen; vorher ändert sich nichts. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Learn from these labels</source>
        <translation>Aus diesen Etiketten lernen</translation>
    </message>
    <message>
        <source>Learn from all photos, without labels</source>
        <translation>Aus allen Fotos lernen, ohne Etiketten</translation>
    </message>
    <message>
        <source>It finds out by itself which photos resemble one another, and sharpens that</source>
        <translation>Findet selbst heraus, welche Fotos sich ähneln, und schärft das</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>Alle Etiketten</translation>
    </message>
    <message>
        <source>More time gains more, and ever less; it can be stopped and go on later</source>
        <translation>Mehr Zeit bringt mehr, aber immer weniger dazu; es lässt sich anhalten und später fortsetzen</translation>
    </message>
    <message>
        <source>The network that serves now</source>
        <translation>Das Netz, das jetzt dient</translation>
    </message>
    <message>
        <source>The one that serves now gains most in little time; others begin from nothing</source>
        <translation>Das jetzige gewinnt in kurzer Zeit am meisten; andere fangen von vorn an</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>Ausgehen von</translation>
    </message>
    <message>
        <source>Labels to learn from</source>
        <translation>Etiketten, aus denen gelernt wird</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etikett</translation>
    </message>
    <message>
        <source>It learns from all photos, without labels.</source>
        <translation>Gelernt wird aus allen Fotos, ohne Etiketten.</translation>
    </message>
    <message>
        <source>Choose at least two labels that several photos carry.</source>
        <translation>Mindestens zwei Etiketten wählen, die mehrere Fotos tragen.</translation>
    </message>
    <message numerus="yes">
        <source>It learns from {chosen} of %Ln labels.</source>
        <translation>
            <numerusform>Gelernt wird aus {chosen} von %Ln Etikett.</numerusform>
            <numerusform>Gelernt wird aus {chosen} von %Ln Etiketten.</numerusform>
        </translation>
    </message>
    <message>
        <source>{network}, trained on ImageNet</source>
        <translation>{network}, trainiert auf ImageNet</translation>
    </message>
    <message>
        <source>{network}, trained on ImageNet; a command fetches it first</source>
        <translation>{network}, trainiert auf ImageNet; erst per Befehl zu holen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hours</source>
        <translation>
            <numerusform>%Ln Stunde</numerusform>
            <numerusform>%Ln Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minutes</source>
        <translation>
            <numerusform>%Ln Minute</numerusform>
            <numerusform>%Ln Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo the adoption</source>
        <translation>Übernahme rückgängig machen</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Start afresh</source>
        <translation>Von vorn beginnen</translation>
    </message>
    <message>
        <source>Use it as it is</source>
        <translation>So verwenden, wie es ist</translation>
    </message>
    <message>
        <source>The map</source>
        <translation>Die Karte</translation>
    </message>
    <message>
        <source>Laying the photos out …</source>
        <translation>Die Fotos werden ausgelegt …</translation>
    </message>
    <message>
        <source>Looking for the map …</source>
        <translation>Die Karte wird gesucht …</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Picture (*.png);;Drawing (*.svg)</source>
        <translation>Bild (*.png);;Zeichnung (*.svg)</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>Karte speichern</translation>
    </message>
    <message>
        <source>The map was saved as {file}.</source>
        <translation>Die Karte wurde als {file} gespeichert.</translation>
    </message>
    <message>
        <source>There are no photos on the map yet</source>
        <translation>Auf der Karte sind noch keine Fotos</translation>
    </message>
    <message>
        <source>They appear here once photos have been indexed.</source>
        <translation>Sie erscheinen hier, sobald Fotos eingelesen sind.</translation>
    </message>
    <message>
        <source>The map needs a part that is not installed</source>
        <translation>Die Karte braucht einen Teil, der nicht installiert ist</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>The map is not finished</source>
        <translation>Die Karte ist nicht fertig</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>It goes on where it was.</source>
        <translation>Es geht dort weiter, wo es war.</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Teach in seconds</source>
        <translation>In Sekunden anlernen</translation>
    </message>
    <message>
        <source>Let the encoder of before serve again; nothing has to be encoded for that</source>
        <translation>Lässt wieder den vorigen Encoder dienen; dafür muss nichts neu kodiert werden</translation>
    </message>
    <message>
        <source>What the process wrote, for a bug report; nothing is sent</source>
        <translation>Was der Prozess geschrieben hat, für einen Fehlerbericht; gesendet wird nichts</translation>
    </message>
    <message>
        <source>Choose anew and begin from the start; what this run learned is kept until then</source>
        <translation>Neu wählen und von vorn beginnen; bis dahin bleibt, was dieser Lauf gelernt hat</translation>
    </message>
    <message>
        <source>Stop at a checkpoint; it can go on from there, now or later</source>
        <translation>Hält an einem Sicherungspunkt an; von dort geht es jetzt oder später weiter</translation>
    </message>
    <message>
        <source>Learn no more: measure what was learned so far, and offer to adopt it</source>
        <translation>Nicht weiter lernen: messen, was bisher gelernt wurde, und anbieten, es zu übernehmen</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>Ab dem letzten Sicherungspunkt fortsetzen</translation>
    </message>
    <message>
        <source>Encode all photos anew in the background; until that is done, the encoder of before serves</source>
        <translation>Kodiert alle Fotos im Hintergrund neu; bis dahin dient der vorige Encoder</translation>
    </message>
    <message>
        <source>Search as before; what was taught in seconds is forgotten</source>
        <translation>Wieder wie vorher suchen; was in Sekunden angelernt wurde, wird vergessen</translation>
    </message>
    <message>
        <source>Compare photos in this way in every search from now on; it can be undone at once</source>
        <translation>Fotos von nun an in jeder Suche so vergleichen; das lässt sich sofort rückgängig machen</translation>
    </message>
    <message>
        <source>Put the command that installs PyTorch into the clipboard</source>
        <translation>Den Befehl, der PyTorch installiert, in die Zwischenablage legen</translation>
    </message>
    <message>
        <source>Learn how what is known of the photos is compared; no photo has to be encoded anew</source>
        <translation>Lernen, wie verglichen wird, was über die Fotos bekannt ist; kein Foto muss neu eingelesen werden</translation>
    </message>
    <message>
        <source>Begin; meanwhile you can go on with other things</source>
        <translation>Beginnen; anderes geht währenddessen weiter</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>No photo carries a label yet</source>
        <translation>Noch trägt kein Foto ein Etikett</translation>
    </message>
    <message>
        <source>Choose photos that belong together and press L to name what they show. From a few photos of each of two or more labels, Photosearch learns to find more like them.</source>
        <translation>Fotos auswählen, die zusammengehören, und mit L benennen, was sie zeigen. Aus einigen Fotos von mindestens zwei Etiketten lernt Photosearch, mehr wie diese zu finden.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Learn without labels</source>
        <translation>Ohne Etiketten lernen</translation>
    </message>
    <message>
        <source>To train a network, or to learn without labels, Photosearch needs PyTorch, which this packed program does not hold. Its sources do: enter this in a terminal where they are:</source>
        <translation>Um ein Netz zu trainieren oder ohne Etiketten zu lernen, braucht Photosearch PyTorch, das dieses gepackte Programm nicht enthält. Mit den Quellen geht es: dies dort in einem Terminal eingeben:</translation>
    </message>
    <message>
        <source>To train a network, or to learn without labels, Photosearch needs PyTorch. It is not installed. Enter this in a terminal, then come back here:</source>
        <translation>Um ein Netz zu trainieren oder ohne Etiketten zu lernen, braucht Photosearch PyTorch. Es ist nicht installiert. Dies in einem Terminal eingeben, dann hierher zurückkommen:</translation>
    </message>
    <message>
        <source>Photos are being encoded anew; until that is done, the encoder of before serves.</source>
        <translation>Die Fotos werden neu kodiert; bis dahin dient der vorige Encoder.</translation>
    </message>
    <message>
        <source>What was learned serves.</source>
        <translation>Das Gelernte dient.</translation>
    </message>
    <message>
        <source>The command is in the clipboard.</source>
        <translation>Der Befehl ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>Der Bericht ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Progress of the learning</source>
        <translation>Fortschritt des Lernens</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Preparing the photos …</source>
        <translation>Bereitet die Fotos vor …</translation>
    </message>
    <message>
        <source>Measuring on held-out photos …</source>
        <translation>Misst an zurückgehaltenen Fotos …</translation>
    </message>
    <message>
        <source>Learning …</source>
        <translation>Lernt …</translation>
    </message>
    <message>
        <source>Finishing …</source>
        <translation>Schließt ab …</translation>
    </message>
    <message>
        <source>Stopped. It can go on from here.</source>
        <translation>Angehalten. Von hier kann es weitergehen.</translation>
    </message>
    <message>
        <source>It did not get better at finding held-out photos.</source>
        <translation>Es findet zurückgehaltene Fotos nicht besser als vorher.</translation>
    </message>
    <message>
        <source>It got better at finding held-out photos: {before} % → {after} %.</source>
        <translation>Zurückgehaltene Fotos werden besser gefunden: {before} % → {after} %.</translation>
    </message>
    <message>
        <source>Searches go by what was taught in seconds.</source>
        <translation>Gesucht wird nach dem in Sekunden Angelernten.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln labels</source>
        <translation>
            <numerusform>%Ln Etikett</numerusform>
            <numerusform>%Ln Etiketten</numerusform>
        </translation>
    </message>
    <message>
        <source>each was held out in turn to measure with</source>
        <translation>jedes wurde reihum zum Messen zurückgehalten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln held out</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln zurückgehalten</numerusform>
            <numerusform>%Ln zurückgehalten</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>Schritt {step}</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>noch {duration}</translation>
    </message>
    <message>
        <source>Course of the learning</source>
        <translation>Verlauf des Lernens</translation>
    </message>
    <message>
        <source>Held-out photos found, in %</source>
        <translation>Zurückgehaltene gefunden, in %</translation>
    </message>
    <message>
        <source>How far off it still is</source>
        <translation>Wie weit es noch daneben liegt</translation>
    </message>
    <message>
        <source>steps of learning</source>
        <translation>Lernschritte</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>Schritt {step}</translation>
    </message>
    <message>
        <source>Held-out photos are found: {percent} %</source>
        <translation>Zurückgehaltene Fotos werden gefunden: {percent} %</translation>
    </message>
    <message>
        <source>Still off by {loss}</source>
        <translation>Noch daneben um {loss}</translation>
    </message>
    <message>
        <source>The process that learns cannot be started: {reason}.</source>
        <translation>Der lernende Prozess lässt sich nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>The process that learns has crashed, or was ended from outside.</source>
        <translation>Der lernende Prozess ist abgestürzt oder wurde von außen beendet.</translation>
    </message>
    <message>
        <source>The process that learns ended early, with the exit code {code}.</source>
        <translation>Der lernende Prozess endete vorzeitig mit dem Code {code}.</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>Vorher und nachher</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Nachher</translation>
    </message>
    <message>
        <source>In %</source>
        <translation>In %</translation>
    </message>
    <message>
        <source>How far ahead photos of the same label come when a held-out photo is searched with: mAP</source>
        <translation>Wie weit vorn Fotos desselben Etiketts stehen, wenn mit einem zurückgehaltenen Foto gesucht wird: mAP</translation>
    </message>
    <message>
        <source>How often the very first photo is one of the same label: recall@1</source>
        <translation>Wie oft gleich das erste Foto dasselbe Etikett trägt: recall@1</translation>
    </message>
    <message>
        <source>Nearest photo is right</source>
        <translation>Nächstes Foto stimmt</translation>
    </message>
    <message>
        <source>“{name}” cannot take over: {reason}</source>
        <translation>„{name}“ kann nicht übernehmen: {reason}</translation>
    </message>
    <message>
        <source>Group {number} of {total}</source>
        <translation>Gruppe {number} von {total}</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>All clusters</source>
        <translation>Alle Gruppen</translation>
    </message>
    <message>
        <source>Give this cluster a name (F2)</source>
        <translation>Dieser Gruppe einen Namen geben (F2)</translation>
    </message>
    <message>
        <source>Let photos go by a rule</source>
        <translation>Fotos nach einer Regel gehen lassen</translation>
    </message>
    <message>
        <source>Any folder</source>
        <translation>Jeder Ordner</translation>
    </message>
    <message>
        <source>for instance: Copies, or (1)</source>
        <translation>zum Beispiel: Kopien, oder (1)</translation>
    </message>
    <message>
        <source>Only those with fewer pixels than the kept photo</source>
        <translation>Nur solche mit weniger Pixeln als das behaltene Foto</translation>
    </message>
    <message>
        <source>Only those of which the kept photo shows everything</source>
        <translation>Nur solche, von denen das behaltene Foto alles zeigt</translation>
    </message>
    <message>
        <source>In the folder, and below</source>
        <translation>Im Ordner und darunter</translation>
    </message>
    <message>
        <source>With this in its path</source>
        <translation>Mit diesem Text im Pfad</translation>
    </message>
    <message>
        <source>Nothing of this tab that may go is chosen.</source>
        <translation>In diesem Reiter ist nichts gewählt, was gehen darf.</translation>
    </message>
    <message>
        <source>Say which photos are to go.</source>
        <translation>Wählen, welche Fotos gehen sollen.</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln photos go</source>
        <translation>
            <numerusform>%Ln Foto gehen lassen</numerusform>
            <numerusform>%Ln Fotos gehen lassen</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>the copy differs from the original</source>
        <translation>die Kopie weicht vom Original ab</translation>
    </message>
    <message>
        <source>Its sidecar “{path}” cannot be read, so its metadata cannot be inherited.</source>
        <translation>Seine Begleitdatei „{path}“ lässt sich nicht lesen; daher können seine Angaben nicht übernommen werden.</translation>
    </message>
    <message>
        <source>The sidecar “{path}” of the photo to keep cannot be completed, so no metadata can be inherited.</source>
        <translation>Die Begleitdatei „{path}“ des behaltenen Fotos lässt sich nicht ergänzen; daher können keine Angaben übernommen werden.</translation>
    </message>
    <message>
        <source>“{path}” has changed meanwhile</source>
        <translation>„{path}“ hat sich inzwischen geändert</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as a list of groups ({reason}).</source>
        <translation>„{path}“ lässt sich nicht als Liste von Gruppen lesen ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” needs a first line “path,group”.</source>
        <translation>„{path}“ braucht die erste Zeile „path,group“.</translation>
    </message>
    <message>
        <source>“{path}” has a line without a group.</source>
        <translation>„{path}“ hat eine Zeile ohne Gruppe.</translation>
    </message>
    <message>
        <source>“{path}” names no photos.</source>
        <translation>„{path}“ nennt keine Fotos.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>“{path}” cannot be evaluated. {reason}</source>
        <translation>„{path}“ lässt sich nicht auswerten. {reason}</translation>
    </message>
    <message>
        <source>The thumbnail cache is damaged.</source>
        <translation>Der Zwischenspeicher der Vorschaubilder ist beschädigt.</translation>
    </message>
    <message>
        <source>another Photosearch is writing to this library; try again when it has finished.</source>
        <translation>ein anderes Photosearch schreibt gerade in diese Bibliothek; danach erneut versuchen.</translation>
    </message>
    <message>
        <source>the library folder cannot be written ({reason}).</source>
        <translation>in den Bibliotheksordner lässt sich nicht schreiben ({reason}).</translation>
    </message>
    <message>
        <source>{problem} It could not be repaired: {reason}</source>
        <translation>{problem} Die Reparatur ist misslungen: {reason}</translation>
    </message>
    <message>
        <source>A part of Photosearch cannot be loaded: {reason}. Install it again.</source>
        <translation>Ein Teil von Photosearch lässt sich nicht laden: {reason}. Installieren Sie es neu.</translation>
    </message>
    <message>
        <source>A file cannot be read or written: {reason}.</source>
        <translation>Eine Datei lässt sich nicht lesen oder schreiben: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read or written: {reason}.</source>
        <translation>„{path}“ lässt sich nicht lesen oder schreiben: {reason}.</translation>
    </message>
    <message>
        <source>The file to write needs a name.</source>
        <translation>Die zu schreibende Datei braucht einen Namen.</translation>
    </message>
    <message>
        <source>Windows reserves the name “{path}” for devices, or shortens it; choose another name.</source>
        <translation>Windows behält den Namen „{path}“ Geräten vor oder kürzt ihn; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>“{path}” lies in the library&apos;s own folder; choose another place.</source>
        <translation>„{path}“ liegt im Ordner der Bibliothek; einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>“{path}” exists already and is no ordinary file; choose another name.</source>
        <translation>„{path}“ gibt es schon, und es ist keine gewöhnliche Datei; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>“{path}” exists already, and is not the {kind} that this library wrote there. Choose another name; --force replaces it.</source>
        <translation>„{path}“ gibt es schon, und diese Bibliothek hat dort zuletzt etwas anderes geschrieben ({kind}). Einen anderen Namen wählen; --force ersetzt die Datei.</translation>
    </message>
    <message>
        <source>--map is for a published library, which this is not.</source>
        <translation>--map ist für eine veröffentlichte Bibliothek; diese ist keine.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {reason}.</source>
        <translation>„{path}“ lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>There is no cluster {number}.</source>
        <translation>Es gibt keinen Cluster {number}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read any more.</source>
        <translation>„{path}“ lässt sich nicht mehr lesen.</translation>
    </message>
    <message>
        <source>“{path}” does not tell which photos show one scene: {reason}.</source>
        <translation>„{path}“ sagt nicht, welche Fotos dieselbe Szene zeigen: {reason}.</translation>
    </message>
    <message>
        <source>The encoder cannot be calibrated: {reason}.</source>
        <translation>Der Encoder lässt sich nicht kalibrieren: {reason}.</translation>
    </message>
    <message>
        <source>The encoder does not tell {difference} apart.</source>
        <translation>Der Encoder unterscheidet nicht: {difference}.</translation>
    </message>
    <message>
        <source>The exported encoder “{name}” differs from the network by {difference}.</source>
        <translation>Der exportierte Encoder „{name}“ weicht um {difference} vom Netz ab.</translation>
    </message>
    <message>
        <source>This torch cannot export a network.</source>
        <translation>Dieses torch kann kein Netz exportieren.</translation>
    </message>
    <message>
        <source>There are no photos from which to learn the ranges of 8 bits.</source>
        <translation>Es gibt keine Fotos, aus denen die Bereiche für 8 Bit bestimmt werden könnten.</translation>
    </message>
    <message>
        <source>These are not the weights of {name}.</source>
        <translation>Das sind nicht die Gewichte von {name}.</translation>
    </message>
    <message>
        <source>The weights of {name} are not here. “photosearch encoders fetch {name}” downloads them.</source>
        <translation>Die Gewichte von {name} sind nicht hier. „photosearch encoders fetch {name}“ lädt sie herunter.</translation>
    </message>
    <message>
        <source>The download from {url} is not the pinned file: its checksum is {digest}.</source>
        <translation>Der Download von {url} ist nicht die festgelegte Datei: Ihre Prüfsumme ist {digest}.</translation>
    </message>
    <message>
        <source>{url} could not be downloaded: {reason}. Nothing of it was kept.</source>
        <translation>{url} ließ sich nicht herunterladen: {reason}. Nichts davon wurde behalten.</translation>
    </message>
    <message>
        <source>“{path}” is not the pinned file: its checksum is {digest}. Delete it to download it again.</source>
        <translation>„{path}“ ist nicht die festgelegte Datei: Ihre Prüfsumme ist {digest}. Löschen, um sie erneut herunterzuladen.</translation>
    </message>
    <message>
        <source>No checksum of {url} is known. Give the SHA-256 of the file, from whom you trust, with --sha256.</source>
        <translation>Für {url} ist keine Prüfsumme bekannt. Die SHA-256 der Datei aus vertrauenswürdiger Quelle mit --sha256 angeben.</translation>
    </message>
    <message>
        <source>There is nothing called “{name}” to fetch. Available: {names}.</source>
        <translation>Es gibt nichts namens „{name}“ zum Herunterladen. Verfügbar: {names}.</translation>
    </message>
    <message>
        <source>{url} is known by another checksum: {digest}.</source>
        <translation>{url} ist mit einer anderen Prüfsumme bekannt: {digest}.</translation>
    </message>
    <message>
        <source>“{name}” is no encoder that can be brought in.</source>
        <translation>„{name}“ ist kein Encoder, der sich übernehmen lässt.</translation>
    </message>
    <message>
        <source>Whitening is learned from photos that share a label; there are no two.</source>
        <translation>Whitening wird aus Fotos mit gemeinsamem Etikett gelernt; es gibt keine zwei.</translation>
    </message>
    <message>
        <source>Whitening is to keep {count} dimensions, but these photos differ in {limit}.</source>
        <translation>Whitening soll {count} Dimensionen behalten, aber diese Fotos unterscheiden sich nur in {limit}.</translation>
    </message>
    <message>
        <source>Only an objective of pairs or triplets can use a memory of earlier steps.</source>
        <translation>Nur ein Ziel aus Paaren oder Tripeln kann sich frühere Schritte merken.</translation>
    </message>
    <message>
        <source>“{objective}” learns from labels; without any there are {names}.</source>
        <translation>„{objective}“ lernt aus Etiketten; ohne Etiketten gibt es {names}.</translation>
    </message>
    <message>
        <source>There are too few photos in “{path}”.</source>
        <translation>In „{path}“ sind zu wenige Fotos.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as a recipe ({reason}).</source>
        <translation>„{path}“ lässt sich nicht als Rezept lesen ({reason}).</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as a recipe (it is nested too deep).</source>
        <translation>„{path}“ lässt sich nicht als Rezept lesen (zu tief verschachtelt).</translation>
    </message>
    <message>
        <source>A recipe has no “{key}”. It may say: {names}.</source>
        <translation>„{key}“ gibt es in einem Rezept nicht. Möglich sind: {names}.</translation>
    </message>
    <message>
        <source>“{key}” is part of the active encoder; to choose it, let “start” name a backbone: {names}.</source>
        <translation>„{key}“ gehört zum aktiven Encoder; um es zu wählen, mit „start“ ein Grundnetz angeben: {names}.</translation>
    </message>
    <message>
        <source>“scales” needs at least one number; [1.0] is the photo as it is.</source>
        <translation>„scales“ braucht mindestens eine Zahl; [1.0] ist das Foto, wie es ist.</translation>
    </message>
    <message>
        <source>“input_size” at the smallest of “scales” is at least {count} pixels.</source>
        <translation>„input_size“ mal der kleinste Wert von „scales“ muss mindestens {count} Pixel sein.</translation>
    </message>
    <message>
        <source>“augment” needs at least one name, or every view of a photo is the same.</source>
        <translation>„augment“ braucht mindestens einen Namen, sonst sind alle Ansichten eines Fotos gleich.</translation>
    </message>
    <message>
        <source>“{key}” is a list, like {example}.</source>
        <translation>„{key}“ ist eine Liste, etwa {example}.</translation>
    </message>
    <message>
        <source>“{key}” is {kind}, like {example}.</source>
        <translation>„{key}“ ist {kind}, etwa {example}.</translation>
    </message>
    <message>
        <source>There is no {key} “{value}”; there are {names}.</source>
        <translation>{key} „{value}“ gibt es nicht; es gibt {names}.</translation>
    </message>
    <message>
        <source>“{key}” lies between {least} and {most}.</source>
        <translation>„{key}“ liegt zwischen {least} und {most}.</translation>
    </message>
    <message>
        <source>What lays the map out cannot be loaded: {reason}. Install Photosearch again.</source>
        <translation>Was die Karte anlegt, lässt sich nicht laden: {reason}. Installieren Sie Photosearch neu.</translation>
    </message>
    <message>
        <source>openTSNE, which lays the map out, is installed but cannot be loaded: {reason}. Install it again: pip install --force-reinstall openTSNE. On Windows it also needs Microsoft&apos;s Visual C++ Redistributable.</source>
        <translation>openTSNE, das die Karte anlegt, ist installiert, lässt sich aber nicht laden: {reason}. Installieren Sie es neu: pip install --force-reinstall openTSNE. Unter Windows braucht es auch Microsofts Visual C++ Redistributable.</translation>
    </message>
    <message>
        <source>The map could not be laid out: its process was ended, or memory ran out.</source>
        <translation>Die Karte konnte nicht angelegt werden: Ihr Prozess wurde beendet, oder der Speicher ging aus.</translation>
    </message>
    <message>
        <source>What colours tell apart</source>
        <translation>Was die Farben unterscheiden</translation>
    </message>
    <message>
        <source>Colours by kind</source>
        <translation>Farben nach Art</translation>
    </message>
    <message>
        <source>Colours by occasion</source>
        <translation>Farben nach Anlass</translation>
    </message>
    <message>
        <source>What stands out</source>
        <translation>Was hervortritt</translation>
    </message>
    <message>
        <source>Let the photos of the last search or of a label stand out</source>
        <translation>Die Fotos der letzten Suche oder eines Etiketts hervorheben</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Draw around photos to see them as a grid (Shift and drag)</source>
        <translation>Fotos umfahren, um sie als Raster zu sehen (Umschalt und ziehen)</translation>
    </message>
    <message>
        <source>See all of the map (0)</source>
        <translation>Die ganze Karte sehen (0)</translation>
    </message>
    <message>
        <source>Save the map as a picture …</source>
        <translation>Karte als Bild speichern …</translation>
    </message>
    <message>
        <source>Nothing stands out</source>
        <translation>Nichts tritt hervor</translation>
    </message>
    <message>
        <source>The last search</source>
        <translation>Die letzte Suche</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stand out</source>
        <translation>
            <numerusform>%Ln tritt hervor</numerusform>
            <numerusform>%Ln treten hervor</numerusform>
        </translation>
    </message>
    <message>
        <source>The map needs openTSNE, which is not installed here: pip install &quot;photosearch[map]&quot;, or python3 run.py map in a checkout of the sources.</source>
        <translation>Die Karte braucht openTSNE, das hier nicht installiert ist: pip install &quot;photosearch[map]&quot;, oder python3 run.py map im Ordner der Quellen.</translation>
    </message>
    <message>
        <source>Some groups of duplicates would keep no photo; choose one to keep.</source>
        <translation>Von manchen Duplikaten bliebe kein Foto übrig; zuerst eines auswählen, das bleibt.</translation>
    </message>
    <message>
        <source>The training diverged: its loss is not a number any more. A recipe with a smaller rate or another objective may help.</source>
        <translation>Das Training ist divergiert: Der Verlust ist keine Zahl mehr. Ein Rezept mit kleinerer Rate oder anderem Ziel kann helfen.</translation>
    </message>
    <message>
        <source>It finds identical duplicates only: calibration needs {limit} photos, and there are {count}.</source>
        <translation>Er findet nur identische Duplikate: Zum Kalibrieren sind {limit} Fotos nötig, und es gibt {count}.</translation>
    </message>
    <message>
        <source>The encoder could not be calibrated, so it finds identical duplicates only: {reason}</source>
        <translation>Der Encoder ließ sich nicht kalibrieren; daher findet er nur identische Duplikate: {reason}</translation>
    </message>
    <message>
        <source>No held-out photo shares a label with another photo, so nothing can be measured.</source>
        <translation>Kein zurückgehaltenes Foto hat ein Etikett mit einem anderen gemeinsam; daher lässt sich nichts messen.</translation>
    </message>
    <message>
        <source>Best: {reason}</source>
        <translation>Das beste: {reason}</translation>
    </message>
    <message>
        <source>Stays: protected, edited, with a video, or out of reach</source>
        <translation>Bleibt: geschützt, bearbeitet, mit Video oder nicht erreichbar</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Exposure bracket</source>
        <translation>Belichtungsreihe</translation>
    </message>
    <message>
        <source>Panorama</source>
        <translation>Panorama</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bursts</source>
        <translation>
            <numerusform>%Ln Serie</numerusform>
            <numerusform>%Ln Serien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln exposure brackets</source>
        <translation>
            <numerusform>%Ln Belichtungsreihe</numerusform>
            <numerusform>%Ln Belichtungsreihen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln panoramas</source>
        <translation>
            <numerusform>%Ln Panorama</numerusform>
            <numerusform>%Ln Panoramen</numerusform>
        </translation>
    </message>
    <message>
        <source>The sharpest subject, with the fewest clipped pixels</source>
        <translation>Das schärfste Motiv, die wenigsten über- oder unterbelichteten Stellen</translation>
    </message>
    <message>
        <source>Exposed differently on purpose: all of them stay</source>
        <translation>Absichtlich verschieden belichtet: alle bleiben</translation>
    </message>
    <message>
        <source>Each shows the scene further along: all of them stay</source>
        <translation>Jedes zeigt die Szene ein Stück weiter: alle bleiben</translation>
    </message>
    <message>
        <source>The library could not be published to “{path}”: {reason}. Its readers go on with what they have.</source>
        <translation>Die Bibliothek konnte nicht nach „{path}“ veröffentlicht werden: {reason}. Wer sie liest, behält den bisherigen Stand.</translation>
    </message>
    <message>
        <source>“{path}” holds other files. A library is published to a folder of its own.</source>
        <translation>„{path}“ enthält andere Dateien. Eine Bibliothek wird in einen eigenen Ordner veröffentlicht.</translation>
    </message>
    <message>
        <source>Another library was published to “{path}”. Choose another folder, or replace it with --force.</source>
        <translation>Nach „{path}“ wurde eine andere Bibliothek veröffentlicht. Einen anderen Ordner wählen oder sie mit --force ersetzen.</translation>
    </message>
    <message>
        <source>The search index changed meanwhile</source>
        <translation>Der Suchindex hat sich inzwischen geändert</translation>
    </message>
    <message>
        <source>This library was published to “{path}” to be read. Photos are added, changed and cleared away where it was published from.</source>
        <translation>Diese Bibliothek wurde nach „{path}“ zum Lesen veröffentlicht. Fotos werden dort hinzugefügt, geändert und entfernt, von wo sie veröffentlicht wurde.</translation>
    </message>
    <message>
        <source>Another library was published to “{path}” meanwhile; close Photosearch and open it again.</source>
        <translation>Nach „{path}“ wurde inzwischen eine andere Bibliothek veröffentlicht; Photosearch schließen und neu öffnen.</translation>
    </message>
    <message>
        <source>“{path}” was published by a newer Photosearch. Update the program to open it.</source>
        <translation>„{path}“ wurde von einem neueren Photosearch veröffentlicht. Zum Öffnen das Programm aktualisieren.</translation>
    </message>
    <message>
        <source>“{path}” was published by an older Photosearch. Publish it anew with this version.</source>
        <translation>„{path}“ wurde von einem älteren Photosearch veröffentlicht. Mit dieser Version neu veröffentlichen.</translation>
    </message>
    <message>
        <source>The published catalog “{path}” cannot be read. Publish the library anew where that does not pass.</source>
        <translation>Der veröffentlichte Katalog „{path}“ kann nicht gelesen werden. Wenn das so bleibt, die Bibliothek neu veröffentlichen.</translation>
    </message>
    <message>
        <source>“{path}” cannot be made: {reason}.</source>
        <translation>„{path}“ kann nicht angelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>Another Photosearch has this library open; close it first, as it is of an older version.</source>
        <translation>Ein anderes, älteres Photosearch hat diese Bibliothek geöffnet; bitte zuerst schließen.</translation>
    </message>
    <message>
        <source>The published library “{path}” cannot be read: {reason}.</source>
        <translation>Die veröffentlichte Bibliothek „{path}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” is not what Photosearch publishes: {reason}.</source>
        <translation>„{path}“ ist nicht das, was Photosearch veröffentlicht: {reason}.</translation>
    </message>
    <message>
        <source>Y  It carries it</source>
        <translation>Y  Es trägt es</translation>
    </message>
    <message>
        <source>N  It does not</source>
        <translation>N  Es trägt es nicht</translation>
    </message>
    <message>
        <source>Looking for photos to suggest …</source>
        <translation>Fotos zum Vorschlagen werden gesucht …</translation>
    </message>
    <message>
        <source>Look again, with what was decided</source>
        <translation>Noch einmal suchen, mit dem, was entschieden wurde</translation>
    </message>
    <message>
        <source>Suggestions for “{label}”</source>
        <translation>Vorschläge für „{label}“</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos do not carry the label “{label}”.</source>
        <translation>
            <numerusform>%Ln Foto trägt das Etikett „{label}“ nicht.</numerusform>
            <numerusform>%Ln Fotos tragen das Etikett „{label}“ nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>No other photo probably carries this label</source>
        <translation>Kein anderes Foto trägt wahrscheinlich dieses Etikett</translation>
    </message>
    <message>
        <source>The search for suggestions was stopped</source>
        <translation>Die Suche nach Vorschlägen wurde angehalten</translation>
    </message>
    <message>
        <source>L labels the selected photos.</source>
        <translation>L gibt den ausgewählten Fotos ein Etikett.</translation>
    </message>
    <message>
        <source>{percent} to {most}</source>
        <translation>{percent} bis {most}</translation>
    </message>
    <message>
        <source>{percent} or more</source>
        <translation>{percent} oder mehr</translation>
    </message>
    <message numerus="yes">
        <source>Checked on your labels: of %Ln photos that carry it, each looked at as if it did not, {found} would be suggested with 50 % or more.</source>
        <translation>
            <numerusform>An Ihren Etiketten geprüft: Von %Ln Foto, das es trägt, betrachtet, als trüge es dieses nicht, würden {found} mit 50 % oder mehr vorgeschlagen.</numerusform>
            <numerusform>An Ihren Etiketten geprüft: Von %Ln Fotos, die es tragen, jedes betrachtet, als trüge es dieses nicht, würden {found} mit 50 % oder mehr vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln photos with other labels only, {wrong} would be.</source>
        <translation>
            <numerusform>Von %Ln Foto mit nur anderen Etiketten wären es {wrong}.</numerusform>
            <numerusform>Von %Ln Fotos mit nur anderen Etiketten wären es {wrong}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the label “{name}” to at least {count} photos first.</source>
        <translation>Geben Sie das Etikett „{name}“ zuerst mindestens {count} Fotos.</translation>
    </message>
    <message>
        <source>Other machines are reached with Dask, which is not installed: pip install “photosearch[cluster]”.</source>
        <translation>Andere Rechner werden mit Dask erreicht, das nicht installiert ist: pip install „photosearch[cluster]“.</translation>
    </message>
    <message>
        <source>“{address}” is no address of a scheduler, like tcp://HOST:8786.</source>
        <translation>„{address}“ ist keine Adresse eines Schedulers wie tcp://HOST:8786.</translation>
    </message>
    <message>
        <source>The scheduler “{address}” cannot be reached: {reason}.</source>
        <translation>Der Scheduler „{address}“ ist nicht erreichbar: {reason}.</translation>
    </message>
    <message>
        <source>The workers do not see “{path}”. If its folder lies elsewhere there: --map HERE=THERE.</source>
        <translation>Die Worker sehen „{path}“ nicht. Wenn der Ordner dort woanders liegt: --map HIER=DORT.</translation>
    </message>
    <message>
        <source>The workers that read it ended.</source>
        <translation>Die Worker, die sie lasen, wurden beendet.</translation>
    </message>
    <message>
        <source>A worker could not read it: {reason}</source>
        <translation>Ein Worker konnte sie nicht lesen: {reason}</translation>
    </message>
    <message>
        <source>The scheduler “{address}” has no workers yet. On each machine: dask worker {address}</source>
        <translation>Der Scheduler „{address}“ hat noch keine Worker. Auf jedem Rechner: dask worker {address}</translation>
    </message>
    <message>
        <source>No worker of “{address}” has this version of Photosearch, with the same decoders.</source>
        <translation>Kein Worker von „{address}“ hat diese Version von Photosearch mit denselben Dekodern.</translation>
    </message>
    <message>
        <source>All workers are gone. The photos read so far are kept; run this again when there are some.</source>
        <translation>Alle Worker sind weg. Die bisher gelesenen Fotos bleiben; noch einmal starten, wenn es wieder welche gibt.</translation>
    </message>
    <message>
        <source>The workers do not see the file.</source>
        <translation>Die Worker sehen die Datei nicht.</translation>
    </message>
    <message>
        <source>Its sidecar “{path}” cannot be completed.</source>
        <translation>Seine Begleitdatei „{path}“ kann nicht ergänzt werden.</translation>
    </message>
    <message>
        <source>“{path}” was changed since, so it stays as it is.</source>
        <translation>„{path}“ wurde seither geändert und bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Give all photos the keywords in them and in their sidecars as labels, on top of those they carry?</source>
        <translation>Allen Fotos die Stichwörter, die in ihnen und ihren Begleitdateien stehen, zusätzlich als Etiketten geben?</translation>
    </message>
    <message>
        <source>Keywords become labels</source>
        <translation>Stichwörter werden Etiketten</translation>
    </message>
    <message>
        <source>Read the keywords</source>
        <translation>Die Stichwörter lesen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln keywords are labels now.</source>
        <translation>
            <numerusform>%Ln Stichwort ist nun ein Etikett.</numerusform>
            <numerusform>%Ln Stichwörter sind nun Etiketten.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo has a keyword that is not a label of it already.</source>
        <translation>Kein Foto hat ein Stichwort, das nicht schon sein Etikett ist.</translation>
    </message>
    <message>
        <source>There is no label that the sidecars lack.</source>
        <translation>Es gibt kein Etikett, das in den Begleitdateien fehlt.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars get labels as keywords.</source>
        <translation>
            <numerusform>%Ln Begleitdatei bekommt Etiketten als Stichwörter.</numerusform>
            <numerusform>%Ln Begleitdateien bekommen Etiketten als Stichwörter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are new files beside the photos.</source>
        <comment>sidecars</comment>
        <translation>
            <numerusform>%Ln davon ist eine neue Datei neben dem Foto.</numerusform>
            <numerusform>%Ln davon sind neue Dateien neben den Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo is changed, and nothing else in a sidecar. It can be undone.</source>
        <translation>Kein Foto wird verändert und sonst nichts in einer Begleitdatei. Es lässt sich rückgängig machen.</translation>
    </message>
    <message numerus="yes">
        <source>Write %Ln sidecars</source>
        <translation>
            <numerusform>%Ln Begleitdatei schreiben</numerusform>
            <numerusform>%Ln Begleitdateien schreiben</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels into sidecars</source>
        <translation>Etiketten in Begleitdateien</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars were written.</source>
        <translation>
            <numerusform>%Ln Begleitdatei wurde geschrieben.</numerusform>
            <numerusform>%Ln Begleitdateien wurden geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars are as they were before.</source>
        <translation>
            <numerusform>%Ln Begleitdatei ist wie zuvor.</numerusform>
            <numerusform>%Ln Begleitdateien sind wie zuvor.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo carries a label yet: photosearch label NAME PHOTO…</source>
        <translation>Noch trägt kein Foto ein Etikett: photosearch label NAME PHOTO…</translation>
    </message>
    <message>
        <source>Photos with labels are not described by the encoder in use yet: photosearch index</source>
        <translation>Fotos mit Etiketten hat der verwendete Encoder noch nicht beschrieben: photosearch index</translation>
    </message>
    <message>
        <source>Nothing that was learned in this way is in use.</source>
        <translation>Nichts so Gelerntes ist in Gebrauch.</translation>
    </message>
    <message>
        <source>Too few photos could be held out to tell whether it is better: label some more of each kind.</source>
        <translation>Zu wenige Fotos konnten zurückgehalten werden, um zu sagen, ob es besser ist: von jeder Art noch einige etikettieren.</translation>
    </message>
    <message>
        <source>The gain may be chance: it takes more photos with labels to tell.</source>
        <translation>Der Gewinn kann Zufall sein: um das zu sagen, braucht es mehr Fotos mit Etiketten.</translation>
    </message>
    <message>
        <source>What was learned finds no better, so searches stay as they are.</source>
        <translation>Das Gelernte findet nicht besser, also bleibt die Suche, wie sie ist.</translation>
    </message>
    <message>
        <source>Another encoder has taken over meanwhile; teach anew.</source>
        <translation>Inzwischen hat ein anderer Encoder übernommen; neu anlernen.</translation>
    </message>
    <message>
        <source>Choose a folder of its own, on a drive that others see</source>
        <translation>Wählen Sie einen eigenen Ordner auf einem Laufwerk, das andere sehen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are published. Others open them with: {command}</source>
        <translation>
            <numerusform>%Ln Foto ist veröffentlicht. Andere öffnen es mit: {command}</numerusform>
            <numerusform>%Ln Fotos sind veröffentlicht. Andere öffnen sie mit: {command}</numerusform>
        </translation>
    </message>
    <message>
        <source>Publishing …</source>
        <translation>Veröffentlichen …</translation>
    </message>
    <message>
        <source>Too few photos to learn from: {count}.</source>
        <translation>Zu wenige Fotos zum Lernen: {count}.</translation>
    </message>
    <message>
        <source>The folder “{path}” disappeared; photos still to be read: about {count}. Those read so far are kept; connect the drive and run this again.</source>
        <translation>Der Ordner „{path}“ ist verschwunden; noch zu lesende Fotos: etwa {count}. Gelesenes bleibt erhalten; nach dem Anschließen des Laufwerks noch einmal starten.</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Return</source>
        <translation>Eingabe</translation>
    </message>
</context>
</TS>
