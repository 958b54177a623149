<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>That is too many photos for one search; drop up to %Ln.</source>
        <translation>
            <numerusform>That is too many photos for one search; drop up to %Ln.</numerusform>
            <numerusform>That is too many photos for one search; drop up to %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unreadable</source>
        <translation>
            <numerusform>%Ln unreadable</numerusform>
            <numerusform>%Ln unreadable</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln found</numerusform>
            <numerusform>%Ln found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moved</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln moved</numerusform>
            <numerusform>%Ln moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gone</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln gone</numerusform>
            <numerusform>%Ln gone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln offline</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln offline</numerusform>
            <numerusform>%Ln offline</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln min</source>
        <translation>
            <numerusform>about %Ln min</numerusform>
            <numerusform>about %Ln min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln h</source>
        <translation>
            <numerusform>about %Ln h</numerusform>
            <numerusform>about %Ln h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go.</source>
        <translation>
            <numerusform>%Ln photo goes.</numerusform>
            <numerusform>%Ln photos go.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them were not proposed to go: the kept ones do not show all of them, or that is not certain.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln of them was not proposed to go: the kept one does not show all of it, or that is not certain.</numerusform>
            <numerusform>%Ln of them were not proposed to go: the kept ones do not show all of them, or that is not certain.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln of them no copy stays in the library.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>Of %Ln of them no copy stays in the library.</numerusform>
            <numerusform>Of %Ln of them no copy stays in the library.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {size}</source>
        <translation>
            <numerusform>%Ln photo, {size}</numerusform>
            <numerusform>%Ln photos, {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash</source>
        <translation>
            <numerusform>Move %Ln photo to the trash</numerusform>
            <numerusform>Move %Ln photos to the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to a folder …</source>
        <translation>
            <numerusform>Move %Ln photo to a folder …</numerusform>
            <numerusform>Move %Ln photos to a folder …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln photos by links</source>
        <translation>
            <numerusform>Replace %Ln photo by a link</numerusform>
            <numerusform>Replace %Ln photos by links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <comment>photos</comment>
        <translation>
            <numerusform>… and %Ln more</numerusform>
            <numerusform>… and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos went.</source>
        <translation>
            <numerusform>%Ln photo went.</numerusform>
            <numerusform>%Ln photos went.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were left as they are.</source>
        <translation>
            <numerusform>%Ln file was left as it is.</numerusform>
            <numerusform>%Ln files were left as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are back.</source>
        <translation>
            <numerusform>%Ln file is back.</numerusform>
            <numerusform>%Ln files are back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them have another name, as theirs was taken.</source>
        <comment>files</comment>
        <translation>
            <numerusform>%Ln of them has another name, as its own was taken.</numerusform>
            <numerusform>%Ln of them have another name, as theirs was taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln decisions were taken back.</source>
        <translation>
            <numerusform>%Ln decision was taken back.</numerusform>
            <numerusform>%Ln decisions were taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bring back the %Ln photos that went last ({when})</source>
        <translation>
            <numerusform>Bring back the %Ln photo that went last ({when})</numerusform>
            <numerusform>Bring back the %Ln photos that went last ({when})</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go</source>
        <translation>
            <numerusform>%Ln photo goes</numerusform>
            <numerusform>%Ln photos go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more need a look</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln more needs a look</numerusform>
            <numerusform>%Ln more need a look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Labels of %Ln photos</source>
        <translation>
            <numerusform>Labels of %Ln photo</numerusform>
            <numerusform>Labels of %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos no longer carry “{label}”.</source>
        <translation>
            <numerusform>%Ln photo no longer carries “{label}”.</numerusform>
            <numerusform>%Ln photos no longer carry “{label}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos carry “{label}”.</source>
        <translation>
            <numerusform>%Ln photo carries “{label}”.</numerusform>
            <numerusform>%Ln photos carry “{label}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the labels of %Ln photos</source>
        <translation>
            <numerusform>the labels of %Ln photo</numerusform>
            <numerusform>the labels of %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Noted: %Ln photos show the same thing as “{name}”.</source>
        <translation>
            <numerusform>Noted: %Ln photo shows the same thing as “{name}”.</numerusform>
            <numerusform>Noted: %Ln photos show the same thing as “{name}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Noted: %Ln photos do not show the same thing as “{name}”.</source>
        <translation>
            <numerusform>Noted: %Ln photo does not show the same thing as “{name}”.</numerusform>
            <numerusform>Noted: %Ln photos do not show the same thing as “{name}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It learns from {chosen} of %Ln labels.</source>
        <translation>
            <numerusform>It learns from {chosen} of %Ln label.</numerusform>
            <numerusform>It learns from {chosen} of %Ln labels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hours</source>
        <translation>
            <numerusform>%Ln hour</numerusform>
            <numerusform>%Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minutes</source>
        <translation>
            <numerusform>%Ln minute</numerusform>
            <numerusform>%Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln labels</source>
        <translation>
            <numerusform>%Ln label</numerusform>
            <numerusform>%Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln held out</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln held out</numerusform>
            <numerusform>%Ln held out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files and folders could not be read as a whole. They are left as they are, and everything else goes on.</source>
        <translation>
            <numerusform>%Ln file or folder could not be read as a whole. It is left as it is, and everything else goes on.</numerusform>
            <numerusform>%Ln files and folders could not be read as a whole. They are left as they are, and everything else goes on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go as proposed.</source>
        <translation>
            <numerusform>%Ln photo goes as proposed.</numerusform>
            <numerusform>%Ln photos go as proposed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more need a look: nothing was decided of them.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln more needs a look: nothing was decided of it.</numerusform>
            <numerusform>%Ln more need a look: nothing was decided of them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go by a rule</source>
        <translation>
            <numerusform>%Ln photo goes by a rule</numerusform>
            <numerusform>%Ln photos go by a rule</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <translation>
            <numerusform>%Ln cluster</numerusform>
            <numerusform>%Ln clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos belong to none</source>
        <translation>
            <numerusform>%Ln photo belongs to none</numerusform>
            <numerusform>%Ln photos belong to none</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos carry the label “{label}” now.</source>
        <translation>
            <numerusform>%Ln photo carries the label “{label}” now.</numerusform>
            <numerusform>%Ln photos carry the label “{label}” now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln photos go</source>
        <translation>
            <numerusform>Let %Ln photo go</numerusform>
            <numerusform>Let %Ln photos go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stand out</source>
        <translation>
            <numerusform>%Ln stands out</numerusform>
            <numerusform>%Ln stand out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln bursts</source>
        <translation>
            <numerusform>%Ln burst</numerusform>
            <numerusform>%Ln bursts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln exposure brackets</source>
        <translation>
            <numerusform>%Ln exposure bracket</numerusform>
            <numerusform>%Ln exposure brackets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln panoramas</source>
        <translation>
            <numerusform>%Ln panorama</numerusform>
            <numerusform>%Ln panoramas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{place} of %Ln photos, {kind}</source>
        <translation>
            <numerusform>{place} of %Ln photo, {kind}</numerusform>
            <numerusform>{place} of %Ln photos, {kind}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {kind}</source>
        <translation>
            <numerusform>%Ln photo, {kind}</numerusform>
            <numerusform>%Ln photos, {kind}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos do not carry the label “{label}”.</source>
        <translation>
            <numerusform>%Ln photo does not carry the label “{label}”.</numerusform>
            <numerusform>%Ln photos do not carry the label “{label}”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checked on your labels: of %Ln photos that carry it, each looked at as if it did not, {found} would be suggested with 50 % or more.</source>
        <translation>
            <numerusform>Checked on your labels: of %Ln photo that carries it, looked at as if it did not, {found} would be suggested with 50 % or more.</numerusform>
            <numerusform>Checked on your labels: of %Ln photos that carry it, each looked at as if it did not, {found} would be suggested with 50 % or more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln photos with other labels only, {wrong} would be.</source>
        <translation>
            <numerusform>Of %Ln photo with other labels only, {wrong} would be.</numerusform>
            <numerusform>Of %Ln photos with other labels only, {wrong} would be.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln keywords are labels now.</source>
        <translation>
            <numerusform>%Ln keyword is a label now.</numerusform>
            <numerusform>%Ln keywords are labels now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars get labels as keywords.</source>
        <translation>
            <numerusform>%Ln sidecar gets labels as keywords.</numerusform>
            <numerusform>%Ln sidecars get labels as keywords.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are new files beside the photos.</source>
        <comment>sidecars</comment>
        <translation>
            <numerusform>%Ln of them is a new file beside the photo.</numerusform>
            <numerusform>%Ln of them are new files beside the photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Write %Ln sidecars</source>
        <translation>
            <numerusform>Write %Ln sidecar</numerusform>
            <numerusform>Write %Ln sidecars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars were written.</source>
        <translation>
            <numerusform>%Ln sidecar was written.</numerusform>
            <numerusform>%Ln sidecars were written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars are as they were before.</source>
        <translation>
            <numerusform>%Ln sidecar is as it was before.</numerusform>
            <numerusform>%Ln sidecars are as they were before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln details agree.</source>
        <translation>
            <numerusform>%Ln detail agrees.</numerusform>
            <numerusform>%Ln details agree.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are published. Others open them with: {command}</source>
        <translation>
            <numerusform>%Ln photo is published. Others open it with: {command}</numerusform>
            <numerusform>%Ln photos are published. Others open them with: {command}</numerusform>
        </translation>
    </message>
</context>
</TS>
