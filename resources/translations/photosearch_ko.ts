<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>About Photosearch</source>
        <translation>Photosearch 정보</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>버전 및 라이선스</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Copy versions</source>
        <translation>버전 복사</translation>
    </message>
    <message>
        <source>Copy the versions, for a report of a problem</source>
        <translation>문제를 알릴 때 쓸 수 있도록 버전 정보를 복사합니다</translation>
    </message>
    <message>
        <source>Photosearch</source>
        <translation>Photosearch</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>버전 {version}</translation>
    </message>
    <message>
        <source>Nothing leaves this computer.</source>
        <translation>아무것도 이 컴퓨터 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>No photo is ever changed.</source>
        <translation>사진은 절대 변경되지 않습니다.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>Encoder in use</source>
        <translation>사용 중인 인코더</translation>
    </message>
    <message>
        <source>see its package</source>
        <translation>패키지 참조</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>사용한 구성 요소</translation>
    </message>
    <message>
        <source>Encoders</source>
        <translation>인코더</translation>
    </message>
    <message>
        <source>Sample photos</source>
        <translation>샘플 사진</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Choose a photo …</source>
        <translation>사진 선택…</translation>
    </message>
    <message>
        <source>Paste a photo</source>
        <translation>사진 붙여넣기</translation>
    </message>
    <message>
        <source>Find similar</source>
        <translation>비슷한 사진 찾기</translation>
    </message>
    <message>
        <source>Add to the search</source>
        <translation>검색에 추가</translation>
    </message>
    <message>
        <source>Keep away from this</source>
        <translation>비슷한 사진 제외</translation>
    </message>
    <message>
        <source>Broader</source>
        <translation>더 넓게 찾기</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Decisions about duplicates</source>
        <translation>중복 사진에 대한 결정</translation>
    </message>
    <message>
        <source>Everything that was decided and holds. What is taken back is as if it had not been decided.</source>
        <translation>지금 유효한 모든 결정입니다. 되돌린 것은 결정하지 않은 것과 같습니다.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>결정</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>When</source>
        <translation>언제</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Went to the trash</source>
        <translation>휴지통으로 보냄</translation>
    </message>
    <message>
        <source>Moved away</source>
        <translation>옮김</translation>
    </message>
    <message>
        <source>Became hard links</source>
        <translation>하드 링크로 바꿈</translation>
    </message>
    <message>
        <source>All kept</source>
        <translation>모두 남김</translation>
    </message>
    <message>
        <source>Kept rather than the others</source>
        <translation>다른 사진 대신 남김</translation>
    </message>
    <message>
        <source>To go</source>
        <translation>나갈 예정</translation>
    </message>
    <message>
        <source>Stays after all</source>
        <translation>그대로 두기로 함</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Name …</source>
        <translation>이름 지정 …</translation>
    </message>
    <message>
        <source>Make the name a label</source>
        <translation>이름을 라벨로 만들기</translation>
    </message>
    <message>
        <source>Take the name away</source>
        <translation>이름 지우기</translation>
    </message>
    <message>
        <source>Name a cluster</source>
        <translation>묶음 이름 지정</translation>
    </message>
    <message>
        <source>What these photos are; without a name it is taken away:</source>
        <translation>이 사진들의 이름(비워 두면 이름이 지워집니다):</translation>
    </message>
    <message>
        <source>the name “{name}”</source>
        <translation>이름 “{name}”</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos carry the label “{label}” now.</source>
        <translation>
            <numerusform>사진 %Ln장에 “{label}” 라벨을 붙였습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to the trash …</source>
        <translation>휴지통으로 옮기기 …</translation>
    </message>
    <message>
        <source>Label …</source>
        <translation>라벨 …</translation>
    </message>
    <message>
        <source>Suggest photos for this label</source>
        <translation>이 라벨에 어울리는 사진 제안</translation>
    </message>
    <message>
        <source>Same thing</source>
        <translation>같은 대상</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>다른 대상</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Compare with the search</source>
        <translation>검색한 사진과 비교</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>이미지 복사</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>경로 복사</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Larger thumbnails</source>
        <translation>미리 보기 크게</translation>
    </message>
    <message>
        <source>Smaller thumbnails</source>
        <translation>미리 보기 작게</translation>
    </message>
    <message>
        <source>Library and window</source>
        <translation>라이브러리와 창</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>폴더 추가</translation>
    </message>
    <message>
        <source>There are no photos to cluster yet</source>
        <translation>아직 묶을 사진이 없습니다</translation>
    </message>
    <message>
        <source>Look for new photos</source>
        <translation>새 사진 확인</translation>
    </message>
    <message>
        <source>Clusters appear here once photos have been indexed.</source>
        <translation>사진이 색인되면 여기에 묶음이 나타납니다.</translation>
    </message>
    <message>
        <source>At this level no photos belong together</source>
        <translation>이 단계에서는 함께 묶이는 사진이 없습니다</translation>
    </message>
    <message>
        <source>Slide towards “coarser”, or let Photosearch choose.</source>
        <translation>“굵게” 쪽으로 옮기거나 Photosearch가 고르게 하세요.</translation>
    </message>
    <message>
        <source>No photos belong together yet</source>
        <translation>아직 함께 묶이는 사진이 없습니다</translation>
    </message>
    <message>
        <source>With more photos, kinds and occasions show.</source>
        <translation>사진이 많아지면 종류와 상황이 드러납니다.</translation>
    </message>
    <message>
        <source>No clusters were found, as that was stopped</source>
        <translation>중지되어 묶음을 찾지 못했습니다</translation>
    </message>
    <message>
        <source>Find clusters</source>
        <translation>묶음 찾기</translation>
    </message>
    <message>
        <source>Reading what is known of the photos …</source>
        <translation>사진 정보를 읽는 중 …</translation>
    </message>
    <message>
        <source>Finding what is near each photo …</source>
        <translation>사진마다 가까운 사진을 찾는 중 …</translation>
    </message>
    <message>
        <source>Grouping the photos …</source>
        <translation>사진을 묶는 중 …</translation>
    </message>
    <message>
        <source>Clusters are found once other work has ended …</source>
        <translation>다른 작업이 끝나면 묶음을 찾습니다 …</translation>
    </message>
    <message>
        <source>Unreadable files …</source>
        <translation>읽을 수 없는 파일…</translation>
    </message>
    <message>
        <source>Publish the library …</source>
        <translation>라이브러리 게시 …</translation>
    </message>
    <message>
        <source>Keywords become labels …</source>
        <translation>키워드를 라벨로 …</translation>
    </message>
    <message>
        <source>Labels into sidecars …</source>
        <translation>라벨을 사이드카에 …</translation>
    </message>
    <message>
        <source>Stack bursts</source>
        <translation>연속 촬영을 스택으로 묶기</translation>
    </message>
    <message>
        <source>Side bar</source>
        <translation>사이드바</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>세부 정보</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>To 9: give one of the labels given last, or take it; L tells them</source>
        <translation>1~9: 최근에 붙인 라벨 중 하나를 붙이거나 떼기. L을 누르면 목록이 나옵니다</translation>
    </message>
    <message>
        <source>Open the cluster</source>
        <translation>묶음 열기</translation>
    </message>
    <message>
        <source>Name the cluster</source>
        <translation>묶음 이름 지정</translation>
    </message>
    <message>
        <source>Back to all clusters</source>
        <translation>모든 묶음으로 돌아가기</translation>
    </message>
    <message>
        <source>Another photo against the first</source>
        <translation>다른 사진을 첫 사진과 비교</translation>
    </message>
    <message>
        <source>Previous group</source>
        <translation>이전 그룹</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Quick view; again to close it</source>
        <translation>빠른 보기, 다시 누르면 닫기</translation>
    </message>
    <message>
        <source>Open the photo, or the stack</source>
        <translation>사진 또는 스택 열기</translation>
    </message>
    <message>
        <source>Open or close a stack</source>
        <translation>스택 열기 또는 닫기</translation>
    </message>
    <message>
        <source>Open the photo</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Open photo</source>
        <translation>열린 사진</translation>
    </message>
    <message>
        <source>It carries the label</source>
        <translation>라벨이 맞음</translation>
    </message>
    <message>
        <source>It does not</source>
        <translation>라벨이 아님</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>이전 사진</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>다음 사진</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>창에 맞추기</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>실제 크기</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Search by a part of it</source>
        <translation>일부로 찾기</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>사진 정보</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Move the map, with any arrow</source>
        <translation>화살표 키로 지도 이동</translation>
    </message>
    <message>
        <source>See all of the map</source>
        <translation>지도 전체 보기</translation>
    </message>
    <message>
        <source>The next photo from the middle outwards</source>
        <translation>가운데부터 바깥으로 다음 사진</translation>
    </message>
    <message>
        <source>Leave the photo</source>
        <translation>사진에서 나가기</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>중복 사진</translation>
    </message>
    <message>
        <source>Take the suggestion for this group</source>
        <translation>이 그룹의 제안 받아들이기</translation>
    </message>
    <message>
        <source>Keep the best, the rest go</source>
        <translation>가장 좋은 사진만 남기고 나머지는 내보내기</translation>
    </message>
    <message>
        <source>Best only</source>
        <translation>최고만</translation>
    </message>
    <message>
        <source>Keep all of this burst</source>
        <translation>이 연속 촬영 모두 남기기</translation>
    </message>
    <message>
        <source>Keep this one, the rest go</source>
        <translation>이 사진만 남기고 나머지는 내보내기</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>이 사진 남기기</translation>
    </message>
    <message>
        <source>Let it go, or stay</source>
        <translation>정리하거나 그대로 두기</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Only this one</source>
        <translation>이것만</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>남김</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>내보냄</translation>
    </message>
    <message>
        <source>No duplicate</source>
        <translation>중복 아님</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>모두 남김</translation>
    </message>
    <message>
        <source>Not duplicates</source>
        <translation>중복 아님</translation>
    </message>
    <message>
        <source>Keep all of this group</source>
        <translation>이 그룹 모두 남기기</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>다음 그룹</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>비교할 때</translation>
    </message>
    <message>
        <source>Compare details</source>
        <translation>세부 비교</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>번갈아 보기</translation>
    </message>
    <message>
        <source>Shall Photosearch save what can be read? The damaged file is kept.</source>
        <translation>읽을 수 있는 내용을 복구할까요? 손상된 파일은 그대로 보관합니다.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have. Your photos and your library are safe.</source>
        <translation>예상하지 못한 문제가 발생했습니다. 사진과 라이브러리는 안전합니다.</translation>
    </message>
    <message>
        <source>You can go on.</source>
        <translation>계속 사용할 수 있습니다.</translation>
    </message>
    <message>
        <source>Photosearch has to end now.</source>
        <translation>Photosearch를 종료해야 합니다.</translation>
    </message>
    <message>
        <source>This report would help to mend it; nothing is sent unless you copy and send it.</source>
        <translation>이 보고서가 문제를 고치는 데 도움이 됩니다. 직접 복사해 보내지 않는 한 아무것도 전송되지 않습니다.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>보고서 복사(&amp;C)</translation>
    </message>
    <message>
        <source>Copies the text above</source>
        <translation>위의 내용을 복사합니다</translation>
    </message>
    <message>
        <source>Open &amp;log folder</source>
        <translation>로그 폴더 열기(&amp;L)</translation>
    </message>
    <message>
        <source>Shows the folder that holds the log</source>
        <translation>로그가 있는 폴더를 엽니다</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>종료(&amp;Q)</translation>
    </message>
    <message>
        <source>Ends Photosearch; the next start goes on where it was</source>
        <translation>Photosearch를 종료합니다. 다음에 시작하면 이어서 진행합니다</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>계속(&amp;O)</translation>
    </message>
    <message>
        <source>Closes this message</source>
        <translation>이 메시지를 닫습니다</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Remove from the search</source>
        <translation>검색에서 제거</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>모든 파일</translation>
    </message>
    <message>
        <source>Choose a photo to search with</source>
        <translation>검색할 사진 선택</translation>
    </message>
    <message>
        <source>Search for something first, then say what to keep away from.</source>
        <translation>먼저 검색한 다음 제외할 사진을 고르세요.</translation>
    </message>
    <message>
        <source>Select two to four photos to compare them.</source>
        <translation>비교하려면 사진을 두 장에서 네 장까지 선택하세요.</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>겹쳐 보기</translation>
    </message>
    <message>
        <source>From the first photo to the other</source>
        <translation>첫 번째 사진에서 다른 사진으로</translation>
    </message>
    <message>
        <source>The next photo against the first (O)</source>
        <translation>다음 사진을 첫 사진과 비교 (O)</translation>
    </message>
    <message>
        <source>Flip between two in one place (S)</source>
        <translation>같은 자리에서 두 사진 번갈아 보기 (S)</translation>
    </message>
    <message>
        <source>Show what differs, four times as strong (D)</source>
        <translation>다른 부분을 네 배로 강조해 보기 (D)</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>함께</translation>
    </message>
    <message>
        <source>Zoom and move all photos together (T)</source>
        <translation>모든 사진을 함께 확대하고 이동 (T)</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>뒤로 (Esc)</translation>
    </message>
    <message>
        <source>Show the whole photos (0)</source>
        <translation>사진 전체 보기 (0)</translation>
    </message>
    <message>
        <source>100 % (1)</source>
        <translation>100% (1)</translation>
    </message>
    <message>
        <source>Looking for what differs…</source>
        <translation>다른 부분을 찾는 중…</translation>
    </message>
    <message>
        <source>What differs between {one} and {other}</source>
        <translation>{one}와(과) {other}의 다른 부분</translation>
    </message>
    <message>
        <source>{photos} · aligned</source>
        <translation>{photos} · 위치 맞춤</translation>
    </message>
    <message>
        <source>Aligning …</source>
        <translation>위치를 맞추는 중…</translation>
    </message>
    <message>
        <source>turned as the kept one stands</source>
        <translation>남길 사진에 맞춰 돌림</translation>
    </message>
    <message>
        <source>the most pixels</source>
        <translation>픽셀 수가 가장 많음</translation>
    </message>
    <message>
        <source>the largest file</source>
        <translation>파일이 가장 큼</translation>
    </message>
    <message>
        <source>Details of the photo</source>
        <translation>사진 세부 정보</translation>
    </message>
    <message>
        <source>Drag a rectangle to search by a part of the photo</source>
        <translation>사각형을 그리면 사진의 일부로 검색합니다</translation>
    </message>
    <message>
        <source>Choose a photo to see it here.</source>
        <translation>사진을 선택하면 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>You are looking for photos like this one.</source>
        <translation>이 사진과 비슷한 사진을 찾고 있습니다.</translation>
    </message>
    <message>
        <source>Drag a rectangle on the photo to search by a part of it.</source>
        <translation>사진 위에 사각형을 그리면 그 부분으로 검색합니다.</translation>
    </message>
    <message>
        <source>The very same file content.</source>
        <translation>파일 내용이 완전히 같습니다.</translation>
    </message>
    <message>
        <source>Very probably the same picture, maybe edited.</source>
        <translation>같은 사진일 가능성이 매우 높습니다. 편집본일 수도 있습니다.</translation>
    </message>
    <message>
        <source>Probably the same scene or thing.</source>
        <translation>같은 장면이나 대상일 가능성이 높습니다.</translation>
    </message>
    <message>
        <source>Probably the same kind of picture.</source>
        <translation>같은 종류의 사진일 가능성이 높습니다.</translation>
    </message>
    <message>
        <source>It looks alike.</source>
        <translation>비슷해 보입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln details agree.</source>
        <translation>
            <numerusform>세부 %Ln곳이 일치합니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Score {score} of 1.</source>
        <translation>유사도 {score}(최대 1).</translation>
    </message>
    <message>
        <source>{width} × {height} ({megapixels} MP)</source>
        <translation>{width} × {height} ({megapixels} MP)</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>촬영일</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>수정일</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>렌즈</translation>
    </message>
    <message>
        <source>Review what goes</source>
        <translation>정리할 사진 확인</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them were not proposed to go: the kept ones do not show all of them, or that is not certain.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>그중 %Ln장은 제안되지 않은 사진입니다. 남는 사진이 그 내용을 모두 보여 주지 않거나 확실하지 않습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Into the trash</source>
        <translation>휴지통으로</translation>
    </message>
    <message>
        <source>Into another folder, keeping the folders they lie in</source>
        <translation>다른 폴더로 (폴더 구조 유지)</translation>
    </message>
    <message>
        <source>Replace identical files by hard links: every name stays, the space is freed</source>
        <translation>동일한 파일을 하드 링크로 바꾸기: 이름은 모두 남고 공간만 비워집니다</translation>
    </message>
    <message>
        <source>The kept photo takes over rating, keywords, place and date</source>
        <translation>남는 사진이 별점, 키워드, 위치, 날짜를 이어받기</translation>
    </message>
    <message>
        <source>They are written into a sidecar file beside it; the photo itself is never changed.</source>
        <translation>사진 옆의 사이드카 파일에 기록하며, 사진 자체는 절대 변경하지 않습니다.</translation>
    </message>
    <message>
        <source>Each file is checked once more before it goes. Sidecars and the other halves of a shot go along.</source>
        <translation>파일마다 정리하기 전에 한 번 더 확인합니다. 사이드카 파일과 함께 촬영된 짝 파일도 같이 옮깁니다.</translation>
    </message>
    <message>
        <source>It can be undone.</source>
        <translation>되돌릴 수 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go.</source>
        <translation>
            <numerusform>사진 %Ln장이 나갑니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln of them no copy stays in the library.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>그중 %Ln장은 라이브러리에 사본이 남지 않습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {size}</source>
        <translation>
            <numerusform>사진 %Ln장, {size}</numerusform>
        </translation>
    </message>
    <message>
        <source>Files that go</source>
        <translation>정리할 파일</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>픽셀</translation>
    </message>
    <message>
        <source>Goes</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>Stays</source>
        <translation>남김</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Nothing like it</source>
        <translation>비슷한 것 없음</translation>
    </message>
    <message numerus="yes">
        <source>… and %Ln more</source>
        <comment>photos</comment>
        <translation>
            <numerusform>… 외 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the list …</source>
        <translation>목록 저장 …</translation>
    </message>
    <message>
        <source>Write what goes and what stays into a table (CSV)</source>
        <translation>나갈 것과 남을 것을 표(CSV)로 저장</translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to the trash</source>
        <translation>
            <numerusform>사진 %Ln장을 휴지통으로</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %Ln photos to a folder …</source>
        <translation>
            <numerusform>사진 %Ln장을 폴더로 …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %Ln photos by links</source>
        <translation>
            <numerusform>사진 %Ln장을 링크로 바꾸기</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose where they go</source>
        <translation>옮길 폴더 선택</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>목록 저장</translation>
    </message>
    <message>
        <source>That frees {size} once the trash is emptied.</source>
        <translation>휴지통을 비우면 {size}가 확보됩니다.</translation>
    </message>
    <message>
        <source>You chose so</source>
        <translation>직접 고름</translation>
    </message>
    <message>
        <source>You chose so: Another shot of the scene</source>
        <translation>직접 선택함: 같은 장면의 다른 사진</translation>
    </message>
    <message>
        <source>You chose so: {reason}</source>
        <translation>직접 선택함: {reason}</translation>
    </message>
    <message>
        <source>An identical file</source>
        <translation>동일한 파일</translation>
    </message>
    <message>
        <source>The same picture</source>
        <translation>같은 사진</translation>
    </message>
    <message>
        <source>An edited copy</source>
        <translation>편집본</translation>
    </message>
    <message>
        <source>A similar shot</source>
        <translation>비슷하게 찍은 사진</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>The drive is not connected.</source>
        <translation>드라이브가 연결되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>The same thing</source>
        <translation>같은 대상</translation>
    </message>
    <message>
        <source>Not the same thing</source>
        <translation>다른 대상</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>You said</source>
        <translation>내 판단</translation>
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
        <translation>E</translation>
    </message>
    <message>
        <source>W</source>
        <comment>west</comment>
        <translation>W</translation>
    </message>
    <message>
        <source>Aligned. What only the first photo shows is grey.</source>
        <translation>위치를 맞췄습니다. 첫 번째 사진에만 있는 부분은 회색입니다.</translation>
    </message>
    <message>
        <source>Compared at the size of the smaller photo.</source>
        <translation>더 작은 사진의 크기에 맞춰 비교했습니다.</translation>
    </message>
    <message>
        <source>The two are equal pixel for pixel.</source>
        <translation>두 사진은 모든 픽셀이 같습니다.</translation>
    </message>
    <message>
        <source>Find lookalikes</source>
        <translation>비슷한 사진 찾기</translation>
    </message>
    <message>
        <source>or add a folder</source>
        <translation>또는 폴더 추가</translation>
    </message>
    <message>
        <source>like these, too</source>
        <translation>이것과도 비슷하게</translation>
    </message>
    <message>
        <source>Keep away</source>
        <translation>제외</translation>
    </message>
    <message>
        <source>not like these</source>
        <translation>이것과 다르게</translation>
    </message>
    <message numerus="yes">
        <source>That is too many photos for one search; drop up to %Ln.</source>
        <translation>
            <numerusform>한 번에 검색하기에는 사진이 너무 많습니다. %Ln장까지 놓을 수 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>This is a link, and Photosearch never goes online. Save the picture, or copy and paste it.</source>
        <translation>링크입니다. Photosearch는 인터넷에 접속하지 않습니다. 사진을 저장하거나 복사해서 붙여넣으세요.</translation>
    </message>
    <message>
        <source>There is no picture to search with.</source>
        <translation>검색할 사진이 없습니다.</translation>
    </message>
    <message>
        <source>There is no photo in this folder.</source>
        <translation>이 폴더에는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>The pasted picture could not be read.</source>
        <translation>붙여넣은 사진을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>모든 폴더</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>To</source>
        <translation>종료일</translation>
    </message>
    <message>
        <source>All cameras</source>
        <translation>모든 카메라</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>최소</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>from</source>
        <translation>최소</translation>
    </message>
    <message>
        <source>to</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>any</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>필터 지우기</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>파일 크기</translation>
    </message>
    <message>
        <source>There are no photos yet.</source>
        <translation>아직 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Strictness: how alike photos must be to be shown</source>
        <translation>엄격도: 얼마나 비슷해야 표시할지 정합니다</translation>
    </message>
    <message>
        <source>looser</source>
        <translation>느슨하게</translation>
    </message>
    <message>
        <source>stricter</source>
        <translation>엄격하게</translation>
    </message>
    <message>
        <source>Order of the photos</source>
        <translation>사진 정렬 순서</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl+wheel)</source>
        <translation>미리 보기 크기 (Ctrl+마우스 휠)</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>검색 중…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln장 선택됨</numerusform>
        </translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{total}장 중 {shown}장</translation>
    </message>
    <message>
        <source>Nothing looks this much alike</source>
        <translation>이만큼 비슷한 사진이 없습니다</translation>
    </message>
    <message>
        <source>Slide towards “looser” to see what comes nearest.</source>
        <translation>슬라이더를 ‘느슨하게’ 쪽으로 옮기면 가장 가까운 사진이 보입니다.</translation>
    </message>
    <message>
        <source>Show what comes nearest</source>
        <translation>가장 가까운 사진 보기</translation>
    </message>
    <message>
        <source>No photo passes these filters</source>
        <translation>필터에 맞는 사진이 없습니다</translation>
    </message>
    <message>
        <source>Photos appear here as they are found</source>
        <translation>사진을 찾는 대로 여기에 표시됩니다</translation>
    </message>
    <message>
        <source>You can search meanwhile.</source>
        <translation>그동안에도 검색할 수 있습니다.</translation>
    </message>
    <message>
        <source>There is nothing to compare with yet</source>
        <translation>아직 비교할 사진이 없습니다</translation>
    </message>
    <message>
        <source>Add a folder of photos first.</source>
        <translation>먼저 사진 폴더를 추가하세요.</translation>
    </message>
    <message>
        <source>There are no photos here</source>
        <translation>여기에는 사진이 없습니다</translation>
    </message>
    <message>
        <source>New photos in this folder appear by themselves.</source>
        <translation>이 폴더에 새 사진이 생기면 자동으로 표시됩니다.</translation>
    </message>
    <message>
        <source>Most alike first</source>
        <translation>비슷한 순</translation>
    </message>
    <message>
        <source>Where to look</source>
        <translation>찾을 곳</translation>
    </message>
    <message>
        <source>Order of the groups</source>
        <translation>그룹 순서</translation>
    </message>
    <message>
        <source>Show only groups with a photo of a format, size, camera, day or folder</source>
        <translation>형식, 크기, 카메라, 날짜, 폴더에 맞는 사진이 있는 그룹만 표시</translation>
    </message>
    <message>
        <source>By rule …</source>
        <translation>규칙으로 …</translation>
    </message>
    <message>
        <source>Let all photos go that lie in a folder or are called so; you see which before</source>
        <translation>한 폴더에 있거나 이름이 맞는 사진을 모두 내보냅니다. 먼저 확인할 수 있습니다</translation>
    </message>
    <message>
        <source>Whole library</source>
        <translation>라이브러리 전체</translation>
    </message>
    <message>
        <source>In “{folder}”</source>
        <translation>“{folder}” 안</translation>
    </message>
    <message>
        <source>In a folder …</source>
        <translation>한 폴더 안 …</translation>
    </message>
    <message>
        <source>“{folder}” against “{other}”</source>
        <translation>“{folder}”을(를) “{other}”와(과) 비교</translation>
    </message>
    <message>
        <source>A folder against another …</source>
        <translation>한 폴더를 다른 폴더와 …</translation>
    </message>
    <message>
        <source>Look for duplicates in which folder?</source>
        <translation>어느 폴더에서 중복을 찾을까요?</translation>
    </message>
    <message>
        <source>Which folder may lose photos?</source>
        <translation>어느 폴더에서 사진을 내보내도 되나요?</translation>
    </message>
    <message>
        <source>And which one keeps all of its photos?</source>
        <translation>어느 폴더가 사진을 모두 간직하나요?</translation>
    </message>
    <message>
        <source>Most space first</source>
        <translation>공간을 많이 비우는 순</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>확실한 순</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>최신순</translation>
    </message>
    <message>
        <source>Most photos first</source>
        <translation>사진이 많은 순</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>오래된 순</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>이름순</translation>
    </message>
    <message>
        <source>Largest files first</source>
        <translation>큰 파일순</translation>
    </message>
    <message>
        <source>Smallest files first</source>
        <translation>작은 파일순</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>붙여넣은 사진</translation>
    </message>
    <message>
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message>
        <source>probable by {percent}</source>
        <translation>확률 {percent}</translation>
    </message>
    <message>
        <source>burst</source>
        <translation>연속 촬영</translation>
    </message>
    <message>
        <source>exposure bracket</source>
        <translation>노출 브래킷</translation>
    </message>
    <message>
        <source>panorama</source>
        <translation>파노라마</translation>
    </message>
    <message numerus="yes">
        <source>{place} of %Ln photos, {kind}</source>
        <translation>
            <numerusform>사진 %Ln장 중 {place}번째, {kind}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos, {kind}</source>
        <translation>
            <numerusform>사진 %Ln장, {kind}</numerusform>
        </translation>
    </message>
    <message>
        <source>Its drive is not connected.</source>
        <translation>드라이브가 연결되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>This file is no longer there.</source>
        <translation>파일이 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>{number} %</source>
        <translation>{number}%</translation>
    </message>
    <message>
        <source>identical</source>
        <translation>동일</translation>
    </message>
    <message>
        <source>same picture</source>
        <translation>같은 사진</translation>
    </message>
    <message>
        <source>same scene</source>
        <translation>같은 장면</translation>
    </message>
    <message>
        <source>same kind</source>
        <translation>같은 종류</translation>
    </message>
    <message>
        <source>lookalike</source>
        <translation>비슷함</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{year}년 {month}</translation>
    </message>
    <message>
        <source>Choose a folder of photos</source>
        <translation>사진 폴더 선택</translation>
    </message>
    <message>
        <source>Remove a folder</source>
        <translation>폴더 제거</translation>
    </message>
    <message>
        <source>Remove “{folder}” from the library?
The photos themselves stay where they are.</source>
        <translation>“{folder}”을(를) 라이브러리에서 제거할까요?
사진은 원래 자리에 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Like {name} – Photosearch</source>
        <translation>{name}와(과) 비슷한 사진 – Photosearch</translation>
    </message>
    <message>
        <source>This photo is no longer in the library.</source>
        <translation>이 사진은 더 이상 라이브러리에 없습니다.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리 보기</translation>
    </message>
    <message>
        <source>Drag to choose the part to search by, or use Shift with the arrow keys, then Enter</source>
        <translation>검색할 부분을 끌어서 선택하거나 Shift+화살표 키로 고른 뒤 Enter를 누르세요</translation>
    </message>
    <message>
        <source>Drop, paste or choose a photo …</source>
        <translation>사진을 끌어다 놓거나 붙여넣거나 선택하세요…</translation>
    </message>
    <message>
        <source>Keep away from “{name}”</source>
        <translation>“{name}”와(과) 비슷한 사진 제외</translation>
    </message>
    <message>
        <source>A part of “{name}”</source>
        <translation>“{name}”의 일부</translation>
    </message>
    <message>
        <source>Part of {name}</source>
        <translation>{name}의 일부</translation>
    </message>
    <message>
        <source>Looks like “{name}”</source>
        <translation>“{name}”와(과) 비슷한 사진</translation>
    </message>
    <message>
        <source>Only in {folder}</source>
        <translation>{folder} 폴더만</translation>
    </message>
    <message>
        <source>Only with the label “{label}”</source>
        <translation>“{label}” 라벨이 있는 것만</translation>
    </message>
    <message>
        <source>Only of these days</source>
        <translation>이 기간만</translation>
    </message>
    <message>
        <source>Only {formats}</source>
        <translation>{formats} 형식만</translation>
    </message>
    <message>
        <source>Only taken with {camera}</source>
        <translation>{camera}(으)로 찍은 사진만</translation>
    </message>
    <message>
        <source>Only files of this size</source>
        <translation>이 크기의 파일만</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>파일이 비어 있습니다.</translation>
    </message>
    <message>
        <source>The file is cut short.</source>
        <translation>파일이 중간에 잘렸습니다.</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>파일이 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>The file is damaged, or is not a picture of a kind that Photosearch knows.</source>
        <translation>파일이 손상되었거나 Photosearch가 알지 못하는 형식입니다.</translation>
    </message>
    <message>
        <source>There is no permission to read the file, or another program keeps it to itself.</source>
        <translation>파일을 읽을 권한이 없거나, 다른 프로그램이 파일을 잠그고 있습니다.</translation>
    </message>
    <message>
        <source>What reads such files cannot be loaded ({reason}): install Photosearch again.</source>
        <translation>이런 파일을 읽는 구성 요소를 불러올 수 없습니다({reason}). Photosearch를 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>The picture is damaged.</source>
        <translation>사진이 손상되었습니다.</translation>
    </message>
    <message>
        <source>The picture is packed in a way that Photosearch cannot read.</source>
        <translation>Photosearch가 읽을 수 없는 방식으로 압축된 사진입니다.</translation>
    </message>
    <message>
        <source>The picture is too large: {count} megapixels; at most {limit} are read.</source>
        <translation>사진이 너무 큽니다: {count}메가픽셀. 최대 {limit}메가픽셀까지 읽습니다.</translation>
    </message>
    <message>
        <source>The picture is too large: decoding it would take too much memory.</source>
        <translation>사진이 너무 큽니다. 읽으려면 메모리가 너무 많이 필요합니다.</translation>
    </message>
    <message>
        <source>There was not enough memory to read the file.</source>
        <translation>메모리가 부족해 파일을 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>There is no permission to read the file.</source>
        <translation>파일을 읽을 권한이 없습니다.</translation>
    </message>
    <message>
        <source>The disk could not read the file ({reason}).</source>
        <translation>디스크에서 파일을 읽지 못했습니다({reason}).</translation>
    </message>
    <message>
        <source>Decoding took longer than {count} seconds.</source>
        <translation>읽는 데 {count}초가 넘게 걸렸습니다.</translation>
    </message>
    <message>
        <source>The decoder crashed on this file.</source>
        <translation>이 파일을 읽다가 디코더가 중단되었습니다.</translation>
    </message>
    <message>
        <source>The system ended the decoder, most likely as memory was short.</source>
        <translation>시스템이 디코더를 종료했습니다. 메모리가 부족했을 가능성이 높습니다.</translation>
    </message>
    <message>
        <source>The file is too large: {count} GB; at most {limit} are read.</source>
        <translation>파일이 너무 큽니다: {count} GB. 최대 {limit} GB까지 읽습니다.</translation>
    </message>
    <message>
        <source>Photosearch does not read files of this kind: {kind}.</source>
        <translation>Photosearch는 이 종류의 파일을 읽지 않습니다: {kind}.</translation>
    </message>
    <message>
        <source>The file is cut short: up to {percent} % of the picture is missing.</source>
        <translation>파일이 잘려 있습니다: 사진의 최대 {percent} %가 없습니다.</translation>
    </message>
    <message>
        <source>The file is cut short: the picture is coarser than it was.</source>
        <translation>파일이 잘려 있습니다: 사진이 원래보다 거칠게 보입니다.</translation>
    </message>
    <message>
        <source>It is no ordinary file.</source>
        <translation>일반 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>It is no ordinary file</source>
        <translation>일반 파일이 아닙니다</translation>
    </message>
    <message>
        <source>It is stored in the cloud only</source>
        <translation>파일이 클라우드에만 있습니다</translation>
    </message>
    <message>
        <source>The separate process that decodes such files did not start.</source>
        <translation>이런 파일을 읽는 별도 프로세스가 시작되지 않았습니다.</translation>
    </message>
    <message>
        <source>The region lies outside the photo, which is {width} × {height} pixels.</source>
        <translation>선택한 부분이 {width} × {height}픽셀인 사진을 벗어났습니다.</translation>
    </message>
    <message>
        <source>The folder is empty; perhaps its drive is not connected.</source>
        <translation>폴더가 비어 있습니다. 드라이브가 연결되지 않았을 수 있습니다.</translation>
    </message>
    <message>
        <source>It is a link that leads nowhere; perhaps a drive is not connected.</source>
        <translation>가리키는 대상이 없는 링크입니다. 드라이브가 연결되지 않았을 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no permission to look into it.</source>
        <translation>들여다볼 권한이 없습니다.</translation>
    </message>
    <message>
        <source>Its path is too long for the system.</source>
        <translation>경로가 시스템에서 다루기에는 너무 깁니다.</translation>
    </message>
    <message>
        <source>It is a virtual folder of the system, not on a disk.</source>
        <translation>디스크에 있지 않은 시스템의 가상 폴더입니다.</translation>
    </message>
    <message>
        <source>It is stored in the cloud only, and Photosearch does not download it. A copy on this computer is read.</source>
        <translation>파일이 클라우드에만 있어 가져오지 않습니다. 이 컴퓨터에 저장되면 읽습니다.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>더 이상 없습니다.</translation>
    </message>
    <message>
        <source>The disk could not read it ({reason}).</source>
        <translation>디스크가 읽지 못했습니다({reason}).</translation>
    </message>
    <message>
        <source>There is no photo “{path}”.</source>
        <translation>“{path}” 사진이 없습니다.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read: {reason}.</source>
        <translation>“{path}”을(를) 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be searched with. {reason}</source>
        <translation>“{path}”(으)로 검색할 수 없습니다. {reason}</translation>
    </message>
    <message>
        <source>“{path}” cannot be read. {reason}</source>
        <translation>“{path}”을(를) 읽을 수 없습니다. {reason}</translation>
    </message>
    <message>
        <source>The encoder “{name}” is not calibrated, so it finds identical files only.</source>
        <translation>“{name}” 인코더는 보정되지 않아 동일한 파일만 찾습니다.</translation>
    </message>
    <message>
        <source>None of the photos can be read now.</source>
        <translation>지금은 읽을 수 있는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>The settings “{path}” cannot be read, so it is unknown which folders are protected, and no photo is removed. “photosearch doctor --repair” puts the settings aside.</source>
        <translation>설정 “{path}”을(를) 읽을 수 없어 어떤 폴더가 보호되는지 알 수 없으므로 사진을 없애지 않습니다. “photosearch doctor --repair”가 설정을 따로 옮겨 둡니다.</translation>
    </message>
    <message>
        <source>Exclusions apply to the whole folder “{path}”: index that folder.</source>
        <translation>제외 항목은 “{path}” 폴더 전체에 적용됩니다. 그 폴더를 색인하세요.</translation>
    </message>
    <message>
        <source>“{path}” is a virtual folder of the system; it holds no photos.</source>
        <translation>“{path}”은(는) 시스템의 가상 폴더여서 사진이 없습니다.</translation>
    </message>
    <message>
        <source>There is no folder “{path}”, or it cannot be reached.</source>
        <translation>“{path}” 폴더가 없거나 접근할 수 없습니다.</translation>
    </message>
    <message>
        <source>“{path}” is not a folder of the library.</source>
        <translation>“{path}”은(는) 라이브러리에 추가된 폴더가 아닙니다.</translation>
    </message>
    <message>
        <source>Give a photo to search with.</source>
        <translation>검색에 쓸 사진을 지정하세요.</translation>
    </message>
    <message>
        <source>“{path}” is a photo, which is never changed; choose another name.</source>
        <translation>“{path}”은(는) 사진이며 사진은 바꾸지 않습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>You chose it</source>
        <translation>직접 선택함</translation>
    </message>
    <message>
        <source>The only one that can be reached now</source>
        <translation>지금 접근할 수 있는 유일한 사진</translation>
    </message>
    <message>
        <source>In a protected folder</source>
        <translation>보호된 폴더에 있음</translation>
    </message>
    <message>
        <source>In “{folder}”, which comes first</source>
        <translation>우선하는 “{folder}” 폴더에 있음</translation>
    </message>
    <message>
        <source>With edits or a video beside it</source>
        <translation>편집 내용이나 동영상이 함께 있음</translation>
    </message>
    <message>
        <source>Most like all the others</source>
        <translation>다른 모든 사진과 가장 비슷함</translation>
    </message>
    <message>
        <source>Shows the whole scene</source>
        <translation>장면 전체를 보여 줌</translation>
    </message>
    <message>
        <source>Has the most detail</source>
        <translation>가장 세밀함</translation>
    </message>
    <message>
        <source>Has the colours</source>
        <translation>색이 남아 있음</translation>
    </message>
    <message>
        <source>Is not clipped to black or white</source>
        <translation>검은색이나 흰색으로 잘리지 않음</translation>
    </message>
    <message>
        <source>The others were made from it</source>
        <translation>다른 사진이 이 사진에서 만들어짐</translation>
    </message>
    <message>
        <source>Holds more than the one picture</source>
        <translation>한 장의 그림 외에 다른 내용도 담고 있음</translation>
    </message>
    <message>
        <source>Largest: {width} × {height}</source>
        <translation>가장 큼: {width} × {height}</translation>
    </message>
    <message>
        <source>Best format: {format}</source>
        <translation>가장 좋은 형식: {format}</translation>
    </message>
    <message>
        <source>No other photo shows all of it</source>
        <translation>이 사진을 모두 보여 주는 다른 사진이 없음</translation>
    </message>
    <message>
        <source>Shows all that its copies show</source>
        <translation>복사본이 보여 주는 것을 모두 보여 줌</translation>
    </message>
    <message>
        <source>Best JPEG quality: {quality}</source>
        <translation>가장 높은 JPEG 품질: {quality}</translation>
    </message>
    <message>
        <source>Sharpest</source>
        <translation>가장 선명함</translation>
    </message>
    <message>
        <source>Most complete EXIF</source>
        <translation>EXIF 정보가 가장 많음</translation>
    </message>
    <message>
        <source>Earliest: {date}</source>
        <translation>가장 이른 날짜: {date}</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>파일이 가장 큼</translation>
    </message>
    <message>
        <source>Plainest name: {name}</source>
        <translation>가장 간단한 이름: {name}</translation>
    </message>
    <message>
        <source>Fewest folders above it</source>
        <translation>상위 폴더가 가장 적음</translation>
    </message>
    <message>
        <source>Shortest path</source>
        <translation>가장 짧은 경로</translation>
    </message>
    <message>
        <source>First in the order of paths</source>
        <translation>경로 순서로 가장 앞</translation>
    </message>
    <message>
        <source>Added first</source>
        <translation>가장 먼저 추가됨</translation>
    </message>
    <message>
        <source>In the folder that the others are compared with</source>
        <translation>비교 기준 폴더에 있음</translation>
    </message>
    <message>
        <source>Another shot: both stay</source>
        <translation>다른 촬영: 둘 다 남김</translation>
    </message>
    <message>
        <source>Shows something that the kept one does not</source>
        <translation>남는 사진에 없는 내용이 있음</translation>
    </message>
    <message>
        <source>One is a page or a frame around the other</source>
        <translation>한쪽이 다른 쪽을 담은 페이지나 액자입니다</translation>
    </message>
    <message>
        <source>Shows more of the scene than the kept one</source>
        <translation>남는 사진보다 장면을 더 넓게 보여 줌</translation>
    </message>
    <message>
        <source>Has more detail than the kept one</source>
        <translation>남는 사진보다 더 세밀함</translation>
    </message>
    <message>
        <source>Has colours that the kept one lacks</source>
        <translation>남는 사진에 없는 색이 있음</translation>
    </message>
    <message>
        <source>Is not clipped where the kept one is</source>
        <translation>남는 사진이 잘린 밝기에서도 계조가 있음</translation>
    </message>
    <message>
        <source>The kept one was made from it</source>
        <translation>남는 사진이 이 사진에서 만들어짐</translation>
    </message>
    <message>
        <source>Holds more than the kept one shows: pages, frames, a video, depth, transparency, finer tones or edits</source>
        <translation>남길 사진이 보여 주지 않는 것이 있음: 페이지, 프레임, 동영상, 깊이 정보, 투명도, 더 섬세한 색조나 편집 내용</translation>
    </message>
    <message>
        <source>Another exposure of the same moment: both stay</source>
        <translation>같은 순간의 다른 노출: 둘 다 남김</translation>
    </message>
    <message>
        <source>Which one was made from the other is not certain</source>
        <translation>어느 사진이 다른 사진에서 만들어졌는지 확실하지 않음</translation>
    </message>
    <message>
        <source>Its letters may not be those of the kept one</source>
        <translation>글자가 남는 사진과 다를 수 있음</translation>
    </message>
    <message>
        <source>Cannot be read now, so it was not looked at</source>
        <translation>지금 읽을 수 없어 확인하지 못함</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>아직 확인하지 않음</translation>
    </message>
    <message>
        <source>{first}. {second}</source>
        <translation>{first}. {second}</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>좌우 반전</translation>
    </message>
    <message>
        <source>turned</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>stretched</source>
        <translation>늘어남</translation>
    </message>
    <message>
        <source>something put over it or around it</source>
        <translation>위나 둘레에 무언가를 덧붙임</translation>
    </message>
    <message>
        <source>framed</source>
        <translation>테두리 추가</translation>
    </message>
    <message>
        <source>cropped</source>
        <translation>잘라 냄</translation>
    </message>
    <message>
        <source>colours changed</source>
        <translation>색 변경</translation>
    </message>
    <message>
        <source>tones changed</source>
        <translation>톤 변경</translation>
    </message>
    <message>
        <source>blurred or sharpened</source>
        <translation>흐리게 하거나 선명하게 함</translation>
    </message>
    <message>
        <source>It is gone already.</source>
        <translation>파일이 이미 없습니다.</translation>
    </message>
    <message>
        <source>It has changed since it was compared.</source>
        <translation>비교한 뒤에 파일이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>It is a link to another file, and links are left alone.</source>
        <translation>다른 파일을 가리키는 링크입니다. 링크는 건드리지 않습니다.</translation>
    </message>
    <message>
        <source>It is the same file as the photo to keep, “{path}”.</source>
        <translation>남길 사진 “{path}”와(과) 같은 파일입니다.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, is itself to go.</source>
        <translation>남길 사진 “{path}”도 정리 대상입니다.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, is gone.</source>
        <translation>남길 사진 “{path}”이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, has changed since it was compared.</source>
        <translation>비교한 뒤에 남길 사진 “{path}”이(가) 바뀌었습니다.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, lies in a trash.</source>
        <translation>남길 사진 “{path}”이(가) 휴지통에 있습니다.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, lies in the folder to move to.</source>
        <translation>남길 사진 “{path}”이(가) 옮길 폴더에 있습니다.</translation>
    </message>
    <message>
        <source>It lies in the folder to move to already.</source>
        <translation>파일이 이미 옮길 폴더에 있습니다.</translation>
    </message>
    <message>
        <source>Only identical files can become one by a link.</source>
        <translation>동일한 파일만 링크로 합칠 수 있습니다.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, is on another drive, where no hard link can reach.</source>
        <translation>남길 사진 “{path}”이(가) 다른 드라이브에 있어 하드 링크를 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>It lies in a protected folder, which never loses a photo.</source>
        <translation>보호된 폴더에 있으며, 보호된 폴더에서는 사진을 없애지 않습니다.</translation>
    </message>
    <message>
        <source>Edits or a video lie beside it now that do not lie beside the photo to keep, “{path}”.</source>
        <translation>지금 남길 사진 “{path}”에는 없는 편집 내용이나 동영상이 함께 있습니다.</translation>
    </message>
    <message>
        <source>Edits or a video lie beside it now that were not there when it was chosen.</source>
        <translation>선택할 때에는 없던 편집 내용이나 동영상이 지금 함께 있습니다.</translation>
    </message>
    <message>
        <source>It is a picture of its own that was not chosen to go.</source>
        <translation>없애도록 선택하지 않은 별개의 사진입니다.</translation>
    </message>
    <message>
        <source>The drive of the folder to move to is no longer connected.</source>
        <translation>옮길 폴더의 드라이브가 더 이상 연결되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>The photo to keep, “{path}”, has no such file beside it, so this one stays.</source>
        <translation>남길 사진 “{path}” 옆에 이에 해당하는 파일이 없어 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Photosearch was stopped before it reached this file.</source>
        <translation>이 파일을 처리하기 전에 Photosearch가 중지되었습니다.</translation>
    </message>
    <message>
        <source>It is no longer where Photosearch put it. If it is in the system&apos;s trash, restore it from there.</source>
        <translation>파일이 옮겨 둔 곳에 없습니다. 시스템 휴지통에 있다면 거기에서 복원하세요.</translation>
    </message>
    <message>
        <source>It was removed again by act {number}. Undo that act first.</source>
        <translation>작업 {number}에서 다시 제거되었습니다. 먼저 그 작업을 실행 취소하세요.</translation>
    </message>
    <message>
        <source>the file it was linked to has changed or is gone</source>
        <translation>연결된 파일이 바뀌었거나 없어졌습니다</translation>
    </message>
    <message>
        <source>Windows replaces no file that is read-only</source>
        <translation>Windows는 읽기 전용 파일을 바꾸지 않습니다</translation>
    </message>
    <message>
        <source>the folder of the photo is protected against changes</source>
        <translation>사진이 있는 폴더가 변경되지 않도록 보호되어 있습니다</translation>
    </message>
    <message>
        <source>this drive allows no hard link here</source>
        <translation>이 드라이브에서는 여기에 하드 링크를 만들 수 없습니다</translation>
    </message>
    <message>
        <source>the photo to keep is protected against links, or belongs to another person</source>
        <translation>남길 사진이 링크를 만들 수 없게 보호되어 있거나 다른 사람의 것입니다</translation>
    </message>
    <message>
        <source>the photo to keep has changed meanwhile</source>
        <translation>남길 사진이 그사이 바뀌었습니다</translation>
    </message>
    <message>
        <source>It was changed after it inherited metadata of this photo, so it stays as it is.</source>
        <translation>이 사진의 정보를 이어받은 뒤에 바뀌었으므로 그대로 둡니다.</translation>
    </message>
    <message>
        <source>There is no act {number} in the history.</source>
        <translation>기록에 작업 {number}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The system says: {reason}.</source>
        <translation>시스템 메시지: {reason}.</translation>
    </message>
    <message>
        <source>A label needs a name.</source>
        <translation>라벨에는 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>There is no label “{name}”.</source>
        <translation>“{name}” 라벨이 없습니다.</translation>
    </message>
    <message>
        <source>There is no decision {number} to take back.</source>
        <translation>되돌릴 결정 {number}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>The descriptors that were kept for search are damaged.</source>
        <translation>검색용으로 보관한 디스크립터가 손상되었습니다.</translation>
    </message>
    <message>
        <source>The damaged thumbnail cache “{path}” cannot be replaced ({reason}); close every other Photosearch first, or delete it.</source>
        <translation>손상된 미리 보기 캐시 “{path}”을(를) 바꿀 수 없습니다({reason}). 다른 Photosearch를 모두 닫거나 파일을 삭제하세요.</translation>
    </message>
    <message>
        <source>“{path}” is no ordinary file; take it away, or choose another folder for the library.</source>
        <translation>“{path}”은(는) 일반 파일이 아닙니다. 치우거나 라이브러리 폴더를 다른 곳으로 선택하세요.</translation>
    </message>
    <message>
        <source>“{path}” is a link; take it away, or put the folder that it leads to in its place.</source>
        <translation>“{path}”은(는) 링크입니다. 링크를 없애거나 링크가 가리키는 폴더를 그 자리에 두세요.</translation>
    </message>
    <message>
        <source>“{path}” can only be read, and Photosearch writes to its library: allow that, or copy the library to another folder. “photosearch publish” makes one that is only read.</source>
        <translation>“{path}”은(는) 읽기만 할 수 있는데, Photosearch는 라이브러리에 씁니다. 쓰기를 허용하거나 라이브러리를 다른 폴더로 복사하세요. “photosearch publish”는 읽기만 하는 라이브러리를 만듭니다.</translation>
    </message>
    <message>
        <source>The catalog has been repaired meanwhile; try again.</source>
        <translation>그 사이에 카탈로그가 복구되었습니다. 다시 한 번 해 주세요.</translation>
    </message>
    <message>
        <source>The disk that holds the library is full. All work so far is kept.</source>
        <translation>라이브러리가 있는 디스크가 가득 찼습니다. 지금까지의 작업은 보관됩니다.</translation>
    </message>
    <message>
        <source>The backup “{path}” cannot be written: {reason}.</source>
        <translation>백업 “{path}”을(를) 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>A label has at most {limit} characters, and “{name}…” has {count}.</source>
        <translation>라벨은 최대 {limit}자입니다. “{name}…”은(는) {count}자입니다.</translation>
    </message>
    <message>
        <source>Another Photosearch is writing to this library; try again when it has finished.</source>
        <translation>다른 Photosearch가 이 라이브러리에 쓰고 있습니다. 끝난 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The library folder “{path}” cannot be made: {reason}.</source>
        <translation>라이브러리 폴더 “{path}”을(를) 만들 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The library cannot be locked for writing: “{path}” ({reason}).</source>
        <translation>라이브러리를 쓰기용으로 잠글 수 없습니다: “{path}”({reason}).</translation>
    </message>
    <message>
        <source>The catalog “{path}”</source>
        <translation>카탈로그 “{path}”</translation>
    </message>
    <message>
        <source>The library&apos;s catalog</source>
        <translation>라이브러리 카탈로그</translation>
    </message>
    <message>
        <source>{where} is damaged. “photosearch doctor --repair” saves what can be read.</source>
        <translation>{where}이(가) 손상되었습니다. “photosearch doctor --repair”로 읽을 수 있는 내용을 복구할 수 있습니다.</translation>
    </message>
    <message>
        <source>The catalog “{path}” is empty, although this library was in use. “photosearch doctor --repair” saves what can be read.</source>
        <translation>이 라이브러리는 사용되었는데 카탈로그 “{path}”이(가) 비어 있습니다. “photosearch doctor --repair”가 읽을 수 있는 것을 구합니다.</translation>
    </message>
    <message>
        <source>“{path}” is a database of another program. Choose another folder for the library.</source>
        <translation>“{path}”은(는) 다른 프로그램의 데이터베이스입니다. 라이브러리로 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{where} cannot be opened, read or written ({reason}).</source>
        <translation>{where}을(를) 열거나 읽거나 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>The catalog “{path}” cannot be replaced: {reason}. Close every window of Photosearch and try again.</source>
        <translation>카탈로그 “{path}”을(를) 교체할 수 없습니다: {reason}. Photosearch 창을 모두 닫고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The catalog “{path}” cannot be replaced: {reason}.</source>
        <translation>카탈로그 “{path}”을(를) 교체할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” was written by a newer Photosearch. Update the program to open it.</source>
        <translation>“{path}”은(는) 더 새로운 Photosearch에서 만들어졌습니다. 열려면 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>The search index is damaged or out of date.</source>
        <translation>검색 색인이 손상되었거나 오래되었습니다.</translation>
    </message>
    <message>
        <source>The search index could not be written: {reason}. Searching works, but more slowly.</source>
        <translation>검색 색인을 쓰지 못했습니다: {reason}. 검색은 되지만 더 느립니다.</translation>
    </message>
    <message>
        <source>There is no encoder “{name}”. “photosearch encoders” lists the available ones.</source>
        <translation>“{name}” 인코더가 없습니다. “photosearch encoders”로 사용할 수 있는 인코더를 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>An added encoder cannot be called “{name}”, as one of the program&apos;s is; give it another name in its {card}.</source>
        <translation>프로그램에 “{name}” 인코더가 이미 있으므로 추가한 인코더에 그 이름을 쓸 수 없습니다. {card}에서 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>There is an encoder “{name}” already.</source>
        <translation>“{name}” 인코더가 이미 있습니다.</translation>
    </message>
    <message>
        <source>{reason} It keeps weights in “{name}”; an encoder is one file with all its weights.</source>
        <translation>{reason} 가중치가 “{name}”에 들어 있습니다. 인코더는 모든 가중치를 담은 파일 하나여야 합니다.</translation>
    </message>
    <message>
        <source>The encoder in “{path}” cannot be copied: {reason}.</source>
        <translation>“{path}”의 인코더를 복사할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>No other encoder was in use before this one.</source>
        <translation>이 인코더 이전에 사용된 다른 인코더가 없습니다.</translation>
    </message>
    <message>
        <source>The encoder “{name}” cannot be loaded: {reason}</source>
        <translation>“{name}” 인코더를 불러올 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>The encoder “{name}” cannot be run: {reason}</source>
        <translation>“{name}” 인코더를 실행할 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives {shape}, not the dimension its card says.</source>
        <translation>“{name}” 인코더의 출력 {shape}이(가) 설명에 적힌 차원과 다릅니다.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives NaN or infinite values.</source>
        <translation>인코더 “{name}”이(가) NaN이나 무한대 값을 냅니다.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives vectors that are not of unit length.</source>
        <translation>인코더 “{name}”이(가) 길이가 1이 아닌 벡터를 냅니다.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives another vector each time it is asked.</source>
        <translation>인코더 “{name}”이(가) 물을 때마다 다른 벡터를 냅니다.</translation>
    </message>
    <message>
        <source>The encoder “{name}” gives a photo one vector alone and another one in a batch.</source>
        <translation>인코더 “{name}”이(가) 사진 한 장만 있을 때와 다른 사진과 함께 있을 때 서로 다른 벡터를 냅니다.</translation>
    </message>
    <message>
        <source>The encoder “{name}” is blind: it gives the same vector for all photos.</source>
        <translation>인코더 “{name}”은(는) 사진을 구별하지 못합니다. 모든 사진에 같은 벡터를 냅니다.</translation>
    </message>
    <message>
        <source>“{path}” is no encoder bundle: its {card} cannot be read ({reason}).</source>
        <translation>“{path}”은(는) 인코더가 아닙니다. {card}을(를) 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>“{path}” is no encoder bundle: its {card} is not as it should be ({reason}).</source>
        <translation>“{path}”은(는) 인코더가 아닙니다. {card}이(가) 올바르지 않습니다({reason}).</translation>
    </message>
    <message>
        <source>The {card} in “{path}” has a name of other than 1 to 100 letters, digits, - and _.</source>
        <translation>“{path}”의 {card}에 적힌 이름이 글자, 숫자, -, _로 된 1~100자가 아닙니다.</translation>
    </message>
    <message>
        <source>The {card} in “{path}” gives an input size or a dimension that no encoder has.</source>
        <translation>“{path}”의 {card}에 적힌 입력 크기나 차원은 인코더에 있을 수 없는 값입니다.</translation>
    </message>
    <message>
        <source>The {card} in “{path}” gives a part for kinds that its vectors do not have.</source>
        <translation>“{path}”의 {card}에 적힌 종류 부분이 벡터에 없습니다.</translation>
    </message>
    <message>
        <source>The model of the encoder “{name}” cannot be read: {reason}.</source>
        <translation>“{name}” 인코더의 모델을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The model of the encoder “{name}” is damaged: its checksum does not match.</source>
        <translation>“{name}” 인코더의 모델이 손상되었습니다. 체크섬이 일치하지 않습니다.</translation>
    </message>
    <message>
        <source>CUDA cannot be used: install onnxruntime-gpu and NVIDIA&apos;s driver, or choose the CPU.</source>
        <translation>CUDA를 사용할 수 없습니다. onnxruntime-gpu와 NVIDIA 드라이버를 설치하거나 프로세서(CPU)를 선택하세요.</translation>
    </message>
    <message>
        <source>An encoder is being taught in this library already.</source>
        <translation>이 라이브러리에서 이미 인코더를 가르치고 있습니다.</translation>
    </message>
    <message>
        <source>Too few photos can be read to learn from: {limit} of {count}.</source>
        <translation>배우기에는 읽을 수 있는 사진이 너무 적습니다: {count}장 중 {limit}장.</translation>
    </message>
    <message>
        <source>No photo has a label yet: photosearch label NAME PHOTO… gives one. Without any, there is --self-taught.</source>
        <translation>아직 라벨이 붙은 사진이 없습니다. photosearch label NAME PHOTO…로 라벨을 붙이세요. 라벨 없이 배우려면 --self-taught를 쓰세요.</translation>
    </message>
    <message>
        <source>To teach itself, the library needs 20 different photos; so far there are {count}.</source>
        <translation>스스로 배우려면 라이브러리에 서로 다른 사진이 20장 필요합니다. 지금은 {count}장입니다.</translation>
    </message>
    <message>
        <source>Every label has fewer than 3 photos; with more, some can be held out to measure with.</source>
        <translation>모든 라벨의 사진이 3장보다 적습니다. 더 많으면 일부를 측정용으로 남겨 둘 수 있습니다.</translation>
    </message>
    <message>
        <source>None of the photos to learn from can be read.</source>
        <translation>학습할 사진을 하나도 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The encoder “{name}” cannot be taught: its network is of another kind.</source>
        <translation>인코더 “{name}”은(는) 학습시킬 수 없습니다. 네트워크 종류가 다릅니다.</translation>
    </message>
    <message>
        <source>A process that makes views of photos ended unexpectedly; is memory short?</source>
        <translation>사진을 준비하던 프로세스가 예기치 않게 끝났습니다. 메모리가 부족하지 않은지 확인하세요.</translation>
    </message>
    <message>
        <source>There is not enough memory; a recipe with a smaller training_size or photos_a_step needs less.</source>
        <translation>메모리가 부족합니다. training_size나 photos_a_step이 더 작은 레시피는 덜 필요합니다.</translation>
    </message>
    <message>
        <source>This version of PyTorch cannot read what an earlier run learned; --fresh discards it.</source>
        <translation>이 버전의 PyTorch는 이전 실행이 학습한 내용을 읽을 수 없습니다. --fresh는 그것을 버립니다.</translation>
    </message>
    <message>
        <source>Photos that were left out, as they cannot be read: {count}.</source>
        <translation>읽을 수 없어 제외한 사진: {count}장.</translation>
    </message>
    <message>
        <source>The vectors were not whitened: {reason}</source>
        <translation>벡터를 화이트닝하지 못했습니다: {reason}</translation>
    </message>
    <message>
        <source>No label has {count} photos of its own: each counts for its rarest label. It takes two labels to learn what tells them apart.</source>
        <translation>고유한 사진이 {count}장 있는 라벨이 없습니다. 사진은 저마다 가장 드문 라벨로 칩니다. 차이를 배우려면 라벨이 두 개 필요합니다.</translation>
    </message>
    <message>
        <source>Only “{label}” has {count} photos of its own or more: each counts for its rarest label. It takes two labels to learn what tells them apart.</source>
        <translation>고유한 사진이 {count}장 이상인 라벨은 “{label}”뿐입니다. 사진은 저마다 가장 드문 라벨로 칩니다. 차이를 배우려면 라벨이 두 개 필요합니다.</translation>
    </message>
    <message>
        <source>“{label}” was left out: it has {count} photo of its own.</source>
        <translation>“{label}” 라벨은 제외되었습니다: 고유한 사진이 {count}장입니다.</translation>
    </message>
    <message>
        <source>“{label}” was left out: it has {count} photos of its own.</source>
        <translation>“{label}” 라벨은 제외되었습니다. 고유한 사진이 {count}장입니다.</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>디스크 공간 부족</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>권한 없음</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>읽기 전용 드라이브</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>입출력 오류</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>찾을 수 없음</translation>
    </message>
    <message>
        <source>contact sheet</source>
        <translation>밀착 인화</translation>
    </message>
    <message>
        <source>table of duplicates</source>
        <translation>중복 목록</translation>
    </message>
    <message>
        <source>list of labels</source>
        <translation>라벨 목록</translation>
    </message>
    <message>
        <source>file of descriptors</source>
        <translation>디스크립터 파일</translation>
    </message>
    <message>
        <source>map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>모양과 언어</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>저장 공간</translation>
    </message>
    <message>
        <source>Folders of the library</source>
        <translation>라이브러리 폴더</translation>
    </message>
    <message>
        <source>Add a folder …</source>
        <translation>폴더 추가…</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>제거…</translation>
    </message>
    <message>
        <source>for instance: *.tmp; Thumbnails; private/*</source>
        <translation>예: *.tmp; Thumbnails; private/*</translation>
    </message>
    <message>
        <source>Names or paths below the folder, with * and ?, parted by semicolons</source>
        <translation>폴더 안의 이름이나 경로. * 와 ?를 쓸 수 있으며 세미콜론으로 구분합니다</translation>
    </message>
    <message>
        <source>Leave out of this folder</source>
        <translation>이 폴더에서 제외할 항목</translation>
    </message>
    <message>
        <source>{folder} (not connected)</source>
        <translation>{folder} (연결되지 않음)</translation>
    </message>
    <message>
        <source>Photos are compared by what an encoder sees in them.</source>
        <translation>인코더가 사진에서 본 것을 기준으로 비교합니다.</translation>
    </message>
    <message>
        <source>What clusters are made by</source>
        <translation>묶는 기준</translation>
    </message>
    <message>
        <source>By kind</source>
        <translation>종류별</translation>
    </message>
    <message>
        <source>By occasion</source>
        <translation>상황별</translation>
    </message>
    <message>
        <source>How fine: from many small clusters to a few large ones</source>
        <translation>세밀함: 작은 묶음 여럿에서 큰 묶음 몇 개까지</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Let Photosearch choose how fine</source>
        <translation>세밀함을 Photosearch가 고르게 하기</translation>
    </message>
    <message>
        <source>finer</source>
        <translation>잘게</translation>
    </message>
    <message>
        <source>coarser</source>
        <translation>굵게</translation>
    </message>
    <message>
        <source>By kind: what photos show. By occasion: the same place, thing or scene.</source>
        <translation>종류별: 사진에 담긴 것. 상황별: 같은 장소, 물건 또는 장면.</translation>
    </message>
    <message>
        <source>This encoder does not tell kinds from occasions, so both are the same.</source>
        <translation>이 인코더는 종류와 상황을 구별하지 않으므로 결과가 같습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln clusters</source>
        <translation>
            <numerusform>묶음 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos belong to none</source>
        <translation>
            <numerusform>어느 묶음에도 속하지 않는 사진 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서(CPU)</translation>
    </message>
    <message>
        <source>NVIDIA graphics (CUDA)</source>
        <translation>NVIDIA 그래픽(CUDA)</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>측정 중…</translation>
    </message>
    <message>
        <source>All cores ({count})</source>
        <translation>모든 코어({count}개)</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>인코더</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>실행 장치</translation>
    </message>
    <message>
        <source>Threads for indexing</source>
        <translation>색인 스레드 수</translation>
    </message>
    <message>
        <source>“{name}” takes over when it has encoded all photos, in the background. Until then “{now}” serves.</source>
        <translation>“{name}” 인코더가 백그라운드에서 모든 사진을 인코딩하고 나면 이어받습니다. 그때까지는 “{now}” 인코더를 사용합니다.</translation>
    </message>
    <message>
        <source>Stay with “{now}”</source>
        <translation>“{now}” 계속 사용</translation>
    </message>
    <message>
        <source>“{before}” was used before. What it encoded is kept.</source>
        <translation>이전에는 “{before}” 인코더를 사용했습니다. 인코딩한 내용은 보관됩니다.</translation>
    </message>
    <message>
        <source>Back to “{before}”</source>
        <translation>“{before}” 인코더로 돌아가기</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <source>{name}: {rate} photos/s a core, {size}</source>
        <translation>{name}: 코어당 초당 {rate}장, {size}</translation>
    </message>
    <message>
        <source>{device}: encodes {rate} photos/s here</source>
        <translation>{device}: 이 컴퓨터에서 초당 {rate}장 인코딩</translation>
    </message>
    <message>
        <source>{what}: {size}</source>
        <translation>{what}: {size}</translation>
    </message>
    <message>
        <source>Catalog</source>
        <translation>카탈로그</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>미리 보기</translation>
    </message>
    <message>
        <source>Search index</source>
        <translation>검색 색인</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Open this folder</source>
        <translation>이 폴더 열기</translation>
    </message>
    <message>
        <source>Clear the thumbnails</source>
        <translation>미리 보기 지우기</translation>
    </message>
    <message>
        <source>They are made again when they are needed</source>
        <translation>필요할 때 다시 만들어집니다</translation>
    </message>
    <message>
        <source>Everything Photosearch knows lies here, and nowhere else. Your photos are not in it.</source>
        <translation>Photosearch가 아는 모든 정보는 여기에만 저장됩니다. 사진 원본은 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>Takes up</source>
        <translation>사용 공간</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>모든 사진</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>가르치기</translation>
    </message>
    <message>
        <source>Let Photosearch learn from your labels</source>
        <translation>내가 붙인 라벨에서 Photosearch가 배우게 합니다</translation>
    </message>
    <message>
        <source>{folder} cannot be reached now</source>
        <translation>지금은 {folder}에 접근할 수 없습니다</translation>
    </message>
    <message>
        <source>Suggest photos …</source>
        <translation>사진 제안 …</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>이름 바꾸기 …</translation>
    </message>
    <message>
        <source>Forget the label …</source>
        <translation>라벨 지우기 …</translation>
    </message>
    <message>
        <source>Bring up to date</source>
        <translation>최신 상태로 업데이트</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Remove from the library …</source>
        <translation>라이브러리에서 제거…</translation>
    </message>
    <message>
        <source>Photosearch is open already, but does not answer. Wait a little, or end it; then start again.</source>
        <translation>Photosearch가 이미 열려 있지만 응답하지 않습니다. 잠시 기다리거나 종료한 뒤 다시 시작하세요.</translation>
    </message>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>사진 폴더를 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Photosearch finds photos by what they show.</source>
        <translation>Photosearch는 사진에 담긴 모습으로 사진을 찾습니다.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and no photo is ever changed.</source>
        <translation>아무것도 이 컴퓨터 밖으로 나가지 않으며, 사진은 절대 변경되지 않습니다.</translation>
    </message>
    <message>
        <source>Choose a folder …</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Try the sample photos</source>
        <translation>샘플 사진으로 둘러보기</translation>
    </message>
    <message>
        <source>Progress of indexing</source>
        <translation>색인 진행률</translation>
    </message>
    <message>
        <source>Kinds of duplicates</source>
        <translation>중복 종류</translation>
    </message>
    <message>
        <source>Identical</source>
        <translation>동일</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>같음</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>비슷함</translation>
    </message>
    <message>
        <source>Take the suggestions</source>
        <translation>제안대로 하기</translation>
    </message>
    <message>
        <source>Let those photos go of which the kept one shows everything, at least as well; the others stay</source>
        <translation>남는 사진이 같거나 더 나은 품질로 모두 보여 주는 사진만 내보내고, 나머지는 남깁니다</translation>
    </message>
    <message>
        <source>Let nothing go</source>
        <translation>아무것도 정리하지 않기</translation>
    </message>
    <message>
        <source>Review …</source>
        <translation>확인…</translation>
    </message>
    <message>
        <source>See every file that goes before anything happens</source>
        <translation>실행하기 전에 정리할 파일을 모두 보여 줍니다</translation>
    </message>
    <message>
        <source>What is kept …</source>
        <translation>남기는 기준…</translation>
    </message>
    <message>
        <source>Bursts</source>
        <translation>연속 촬영</translation>
    </message>
    <message>
        <source>Looking at photos that were taken in a row …</source>
        <translation>연달아 찍은 사진을 살펴보는 중 …</translation>
    </message>
    <message>
        <source>Looking for bursts …</source>
        <translation>연속 촬영을 찾는 중 …</translation>
    </message>
    <message>
        <source>Decisions so far …</source>
        <translation>지금까지의 결정 …</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>The search for bursts was stopped</source>
        <translation>연속 촬영 찾기를 멈추었습니다</translation>
    </message>
    <message>
        <source>Look for bursts</source>
        <translation>연속 촬영 찾기</translation>
    </message>
    <message>
        <source>No photos were taken in a row</source>
        <translation>연달아 찍은 사진이 없습니다</translation>
    </message>
    <message>
        <source>Shots of one scene within two seconds appear here, and those that a phone calls a burst.</source>
        <translation>한 장면을 2초 안에 연달아 찍은 사진과 휴대전화가 연속 촬영이라고 표시한 사진이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>There are no photos yet</source>
        <translation>아직 사진이 없습니다</translation>
    </message>
    <message>
        <source>Bursts appear here once photos have been indexed.</source>
        <translation>사진을 색인하면 연속 촬영이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>All bursts are decided</source>
        <translation>모든 연속 촬영을 결정했습니다</translation>
    </message>
    <message>
        <source>All photos of an exposure bracket or a panorama stay. A takes it off this list.</source>
        <translation>노출 브래킷이나 파노라마의 사진은 모두 남습니다. A를 누르면 이 목록에서 빠집니다.</translation>
    </message>
    <message>
        <source>Kept the best of all bursts</source>
        <translation>모든 연속 촬영에서 가장 좋은 사진을 남김</translation>
    </message>
    <message>
        <source>Keep the best of all</source>
        <translation>모두 최고만 남기기</translation>
    </message>
    <message>
        <source>Best of all</source>
        <translation>모두 최고만</translation>
    </message>
    <message>
        <source>Keep the best shot of each burst; the rest go, once you have reviewed them</source>
        <translation>연속 촬영마다 가장 좋은 사진을 남기고, 나머지는 검토한 뒤에 내보냅니다</translation>
    </message>
    <message>
        <source>Nothing goes yet. Enter keeps the best of a burst, the rest go.</source>
        <translation>아직 내보낼 사진이 없습니다. Enter를 누르면 연속 촬영에서 가장 좋은 사진만 남깁니다.</translation>
    </message>
    <message>
        <source>Progress of looking</source>
        <translation>찾기 진행 상황</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>미리 보기 크기</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Photos have come since: look again</source>
        <translation>그 뒤에 사진이 추가됨: 다시 찾기</translation>
    </message>
    <message>
        <source>Looking for duplicates …</source>
        <translation>중복 사진을 찾는 중…</translation>
    </message>
    <message>
        <source>You can go on with other things meanwhile.</source>
        <translation>그동안 다른 작업을 계속할 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing goes yet. Enter takes the suggestion for a group.</source>
        <translation>아직 나가는 사진이 없습니다. Enter로 그룹의 제안을 받아들입니다.</translation>
    </message>
    <message>
        <source>Undo: {what} (Ctrl+Z)</source>
        <translation>실행 취소: {what} (Ctrl+Z)</translation>
    </message>
    <message numerus="yes">
        <source>Bring back the %Ln photos that went last ({when})</source>
        <translation>
            <numerusform>마지막으로 정리한 사진 %Ln장 되돌리기({when})</numerusform>
        </translation>
    </message>
    <message>
        <source>Which of your photos are the same picture?</source>
        <translation>어떤 사진이 서로 같은 사진일까요?</translation>
    </message>
    <message>
        <source>Nothing is moved or deleted before you have seen and confirmed it.</source>
        <translation>직접 보고 확인하기 전에는 아무것도 옮기거나 지우지 않습니다.</translation>
    </message>
    <message>
        <source>Look for duplicates</source>
        <translation>중복 사진 찾기</translation>
    </message>
    <message>
        <source>No group of this kind passes the filters</source>
        <translation>필터에 맞는 이 종류의 그룹이 없습니다</translation>
    </message>
    <message>
        <source>Photos have come since.</source>
        <translation>그 뒤에 사진이 추가되었습니다.</translation>
    </message>
    <message>
        <source>No duplicates of this kind</source>
        <translation>이런 중복 사진이 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go</source>
        <translation>
            <numerusform>사진 %Ln장 정리</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more need a look</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln장 더 확인 필요</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go as proposed.</source>
        <translation>
            <numerusform>사진 %Ln장이 제안대로 나갑니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more need a look: nothing was decided of them.</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln장은 더 살펴봐야 합니다. 아직 아무것도 정하지 않았습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Took the suggestions</source>
        <translation>제안을 받아들임</translation>
    </message>
    <message>
        <source>Nothing goes</source>
        <translation>아무것도 나가지 않음</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>폴더별</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos go by a rule</source>
        <translation>
            <numerusform>규칙에 따라 사진 %Ln장이 나감</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept: {name}</source>
        <translation>남김: {name}</translation>
    </message>
    <message>
        <source>Goes: {name}</source>
        <translation>나감: {name}</translation>
    </message>
    <message>
        <source>Stays: {name}</source>
        <translation>그대로 둠: {name}</translation>
    </message>
    <message>
        <source>This photo is the one that is kept. To keep another, go to that one and press K.</source>
        <translation>이 사진은 남길 사진입니다. 다른 사진을 남기려면 그 사진으로 가서 K를 누르세요.</translation>
    </message>
    <message>
        <source>This photo stays: it is protected, cannot be reached now, or is another name of a file that stays.</source>
        <translation>이 사진은 남습니다. 보호되어 있거나, 지금 접근할 수 없거나, 남는 파일의 다른 이름입니다.</translation>
    </message>
    <message>
        <source>Not duplicates: {name}</source>
        <translation>중복 아님: {name}</translation>
    </message>
    <message>
        <source>All kept: {name}</source>
        <translation>모두 남김: {name}</translation>
    </message>
    <message>
        <source>Nothing is proposed for this group. X lets a photo go, A keeps them all.</source>
        <translation>이 그룹에는 제안이 없습니다. X는 사진을 내보내고 A는 모두 남깁니다.</translation>
    </message>
    <message>
        <source>All of this kind is decided. “Review …” shows what goes.</source>
        <translation>이 종류는 모두 정했습니다. “확인…”에서 나갈 사진을 봅니다.</translation>
    </message>
    <message>
        <source>Show which files and folders could not be read, and why</source>
        <translation>읽지 못한 파일과 폴더, 그 이유 보기</translation>
    </message>
    <message>
        <source>Stop at the next safe point; what is done stays done</source>
        <translation>안전한 지점에서 중지합니다. 끝난 작업은 그대로 남습니다</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on where indexing was stopped</source>
        <translation>중지한 곳부터 색인을 이어서 합니다</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unreadable</source>
        <translation>
            <numerusform>읽을 수 없음 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>published {moment}, read only</source>
        <translation>{moment}에 게시됨, 읽기 전용</translation>
    </message>
    <message>
        <source>Looking for photos …</source>
        <translation>사진을 찾는 중…</translation>
    </message>
    <message>
        <source>indexing is stopped</source>
        <translation>색인 중지됨</translation>
    </message>
    <message>
        <source>Waiting until other work on this library is done …</source>
        <translation>이 라이브러리의 다른 작업이 끝나기를 기다리는 중 …</translation>
    </message>
    <message>
        <source>Looking for photos</source>
        <translation>사진을 찾는 중</translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln장 찾음</numerusform>
        </translation>
    </message>
    <message>
        <source>Publishing: {done} of {total}</source>
        <translation>게시하는 중: {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>Preparing the search: {done} of {total}</source>
        <translation>검색 준비 중: {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>Looking for lookalikes: {done} of {total}</source>
        <translation>비슷한 사진 찾는 중: {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>Comparing: {done} of {total}</source>
        <translation>비교 중: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>Looking closer: {done} of {total}</source>
        <translation>자세히 살펴보는 중: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>Clearing away: {done} of {total}</source>
        <translation>정리 중: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>Bringing back: {done} of {total}</source>
        <translation>되돌리는 중: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>Reading keywords: {done} of {total}</source>
        <translation>키워드 읽는 중: {total} 중 {done}</translation>
    </message>
    <message>
        <source>Writing sidecars: {done} of {total}</source>
        <translation>사이드카 쓰는 중: {total} 중 {done}</translation>
    </message>
    <message>
        <source>Indexing {done} of {total}</source>
        <translation>색인 중: {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>Encoding anew: {done} of {total}</source>
        <translation>다시 인코딩 중: {total}장 중 {done}장</translation>
    </message>
    <message>
        <source>{rate} photos/s</source>
        <translation>초당 {rate}장</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <comment>photos</comment>
        <translation>
            <numerusform>새 사진 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <comment>photos</comment>
        <translation>
            <numerusform>변경 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln moved</source>
        <comment>photos</comment>
        <translation>
            <numerusform>이동 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gone</source>
        <comment>photos</comment>
        <translation>
            <numerusform>없어짐 %Ln장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln offline</source>
        <comment>photos</comment>
        <translation>
            <numerusform>연결 안 됨 %Ln장</numerusform>
        </translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Unreadable files</source>
        <translation>읽을 수 없는 파일</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files and folders could not be read as a whole. They are left as they are, and everything else goes on.</source>
        <translation>
            <numerusform>파일과 폴더 %Ln개를 완전히 읽지 못했습니다. 그대로 두고 나머지는 계속됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>모두 다시 시도</translation>
    </message>
    <message>
        <source>Previous photo (←)</source>
        <translation>이전 사진 (←)</translation>
    </message>
    <message>
        <source>Next photo (→)</source>
        <translation>다음 사진 (→)</translation>
    </message>
    <message>
        <source>{position} of {total}</source>
        <translation>{total}장 중 {position}번째</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Back to the grid (Esc)</source>
        <translation>목록으로 돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>Show the whole photo (0)</source>
        <translation>사진 전체 보기 (0)</translation>
    </message>
    <message>
        <source>Find similar photos (F)</source>
        <translation>비슷한 사진 찾기 (F)</translation>
    </message>
    <message>
        <source>Search by a part: draw a rectangle, or zoom in to it and press Enter (R)</source>
        <translation>일부로 찾기: 사각형을 그리거나 확대한 뒤 Enter를 누릅니다 (R)</translation>
    </message>
    <message>
        <source>Compare with the photo searched with (C)</source>
        <translation>검색한 사진과 비교 (C)</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>첫 사진</translation>
    </message>
    <message>
        <source>Last photo</source>
        <translation>마지막 사진</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>1분 미만</translation>
    </message>
    <message numerus="yes">
        <source>about %Ln min</source>
        <translation>
            <numerusform>약 %Ln분</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln h</source>
        <translation>
            <numerusform>약 %Ln시간</numerusform>
        </translation>
    </message>
    <message>
        <source>This library is only read here. Photos are cleared away where it was published from.</source>
        <translation>이 라이브러리는 여기서 읽기만 합니다. 사진 정리는 라이브러리를 게시한 컴퓨터에서 합니다.</translation>
    </message>
    <message>
        <source>Clearing away …</source>
        <translation>정리하는 중…</translation>
    </message>
    <message>
        <source>Bringing back …</source>
        <translation>되돌리는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos went.</source>
        <translation>
            <numerusform>사진 %Ln장을 정리했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing went.</source>
        <translation>정리한 사진이 없습니다.</translation>
    </message>
    <message>
        <source>The trash could not take all of them; the others lie in “{folder}”.</source>
        <translation>휴지통에 넣을 수 없는 것은 “{folder}”에 두었습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files were left as they are.</source>
        <translation>
            <numerusform>파일 %Ln개는 그대로 두었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>되돌릴 것이 없습니다.</translation>
    </message>
    <message>
        <source>Another library put photos into “{folder}”; they can be moved back from there.</source>
        <translation>다른 라이브러리가 사진을 “{folder}”(으)로 옮겨 두었습니다. 그곳에서 다시 가져올 수 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are back.</source>
        <translation>
            <numerusform>파일 %Ln개를 되돌렸습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them have another name, as theirs was taken.</source>
        <comment>files</comment>
        <translation>
            <numerusform>그중 %Ln개는 같은 이름이 이미 있어 다른 이름을 붙였습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Files that were left</source>
        <translation>그대로 둔 파일</translation>
    </message>
    <message numerus="yes">
        <source>%Ln decisions were taken back.</source>
        <translation>
            <numerusform>결정 %Ln개를 되돌렸습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} go</source>
        <translation>{size} 정리</translation>
    </message>
    <message>
        <source>Kept: {reason}</source>
        <translation>남기는 이유: {reason}</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>남김</translation>
    </message>
    <message>
        <source>goes</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>확인 중…</translation>
    </message>
    <message>
        <source>Protected, or another name of a file that stays</source>
        <translation>보호되어 있거나 남는 파일의 다른 이름</translation>
    </message>
    <message>
        <source>Changes: {changes}</source>
        <translation>변경: {changes}</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>미정</translation>
    </message>
    <message>
        <source>Identical files</source>
        <translation>동일한 파일</translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation>같은 사진</translation>
    </message>
    <message>
        <source>Edited copies</source>
        <translation>편집본</translation>
    </message>
    <message>
        <source>Similar shots</source>
        <translation>비슷하게 찍은 사진</translation>
    </message>
    <message>
        <source>Groups of duplicates</source>
        <translation>중복 사진 그룹</translation>
    </message>
    <message>
        <source>This one is kept.</source>
        <translation>이 사진을 남깁니다.</translation>
    </message>
    <message>
        <source>group {number} of {total}</source>
        <translation>그룹 {total}개 중 {number}번째</translation>
    </message>
    <message>
        <source>The very same file content as the kept photo.</source>
        <translation>남길 사진과 파일 내용이 완전히 같습니다.</translation>
    </message>
    <message>
        <source>The same picture as the kept photo, saved in another way.</source>
        <translation>남길 사진과 같은 사진이며 저장 방식만 다릅니다.</translation>
    </message>
    <message>
        <source>A mirrored copy of the kept photo.</source>
        <translation>남길 사진을 좌우로 뒤집은 사본입니다.</translation>
    </message>
    <message>
        <source>An edited copy of the kept photo.</source>
        <translation>남길 사진의 편집본입니다.</translation>
    </message>
    <message>
        <source>Another shot of what the kept photo shows.</source>
        <translation>남길 사진과 같은 대상을 찍은 다른 사진입니다.</translation>
    </message>
    <message>
        <source>Aligned, they agree by {percent} %.</source>
        <translation>위치를 맞추면 {percent}% 일치합니다.</translation>
    </message>
    <message>
        <source>It shows {percent} % of it.</source>
        <translation>그중 {percent}%가 담겨 있습니다.</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>취소됨: {what}</translation>
    </message>
    <message>
        <source>Nothing was done since the window was opened. Earlier decisions are listed at the duplicates.</source>
        <translation>창을 연 뒤로 한 일이 없습니다. 이전 결정은 중복 페이지의 목록에 있습니다.</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>남기는 기준</translation>
    </message>
    <message>
        <source>Rules in their order</source>
        <translation>규칙 순서</translation>
    </message>
    <message>
        <source>Folders in their order</source>
        <translation>폴더 순서</translation>
    </message>
    <message>
        <source>The first rule that tells two photos apart decides. Drag, or Alt with up and down.</source>
        <translation>두 사진을 구별하는 첫 번째 규칙으로 정합니다. 끌거나 Alt+위/아래 화살표 키로 순서를 바꾸세요.</translation>
    </message>
    <message>
        <source>Folders, the best first. A checked folder is protected: it never loses a photo.</source>
        <translation>폴더를 좋은 순서대로 둡니다. 체크한 폴더는 보호되어 사진이 절대 사라지지 않습니다.</translation>
    </message>
    <message>
        <source>the better folder</source>
        <translation>더 좋은 폴더</translation>
    </message>
    <message>
        <source>more pixels</source>
        <translation>더 많은 픽셀</translation>
    </message>
    <message>
        <source>the better format, RAW first</source>
        <translation>더 좋은 형식(RAW 우선)</translation>
    </message>
    <message>
        <source>less compression</source>
        <translation>더 적은 압축</translation>
    </message>
    <message>
        <source>the sharper one</source>
        <translation>더 선명한 사진</translation>
    </message>
    <message>
        <source>more of what the camera noted</source>
        <translation>더 많은 카메라 정보</translation>
    </message>
    <message>
        <source>the earlier date</source>
        <translation>더 이른 날짜</translation>
    </message>
    <message>
        <source>the larger file</source>
        <translation>더 큰 파일</translation>
    </message>
    <message>
        <source>the plainer name</source>
        <translation>더 간단한 이름</translation>
    </message>
    <message>
        <source>the first by its path</source>
        <translation>경로순으로 앞선 사진</translation>
    </message>
    <message numerus="yes">
        <source>Labels of %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장의 라벨</numerusform>
        </translation>
    </message>
    <message>
        <source>A label, new or known</source>
        <translation>라벨(새것 또는 기존 것)</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Keys in the grid: {keys}</source>
        <translation>사진 목록의 단축키: {keys}</translation>
    </message>
    <message>
        <source>({count} of {total})</source>
        <translation>({total} 중 {count})</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos no longer carry “{label}”.</source>
        <translation>
            <numerusform>사진 %Ln장에서 “{label}” 라벨을 뗐습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos carry “{label}”.</source>
        <translation>
            <numerusform>사진 %Ln장에 “{label}” 라벨이 있습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the labels of %Ln photos</source>
        <translation>
            <numerusform>사진 %Ln장의 라벨</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename a label</source>
        <translation>라벨 이름 바꾸기</translation>
    </message>
    <message>
        <source>Its new name; if there is such a label already, the two become one:</source>
        <translation>새 이름을 입력하세요. 같은 라벨이 이미 있으면 하나로 합쳐집니다:</translation>
    </message>
    <message>
        <source>the new name of “{label}”</source>
        <translation>“{label}”의 새 이름</translation>
    </message>
    <message>
        <source>Forget the label “{label}”?
The photos themselves stay as they are.</source>
        <translation>“{label}” 라벨을 지울까요?
사진 자체는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Forget a label</source>
        <translation>라벨 지우기</translation>
    </message>
    <message>
        <source>forgetting “{label}”</source>
        <translation>“{label}” 잊기</translation>
    </message>
    <message numerus="yes">
        <source>Noted: %Ln photos show the same thing as “{name}”.</source>
        <translation>
            <numerusform>기억했습니다: 사진 %Ln장이 “{name}”와 같은 대상입니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Noted: %Ln photos do not show the same thing as “{name}”.</source>
        <translation>
            <numerusform>기억했습니다: 사진 %Ln장은 “{name}”와 다른 대상입니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Teach what belongs together</source>
        <translation>무엇이 함께 속하는지 가르치기</translation>
    </message>
    <message>
        <source>Photosearch learns to find photos in your way. Some photos are held out, to measure what it gained; nothing changes before you have seen that. Nothing leaves this computer.</source>
        <translation>Photosearch가 원하는 방식으로 사진을 찾도록 배웁니다. 일부 사진은 나아진 정도를 재기 위해 따로 남겨 두며, 결과를 보기 전에는 아무것도 바뀌지 않습니다. 어떤 것도 이 컴퓨터를 벗어나지 않습니다.</translation>
    </message>
    <message>
        <source>Learn from these labels</source>
        <translation>이 라벨에서 배우기</translation>
    </message>
    <message>
        <source>Learn from all photos, without labels</source>
        <translation>라벨 없이 모든 사진에서 배우기</translation>
    </message>
    <message>
        <source>It finds out by itself which photos resemble one another, and sharpens that</source>
        <translation>어떤 사진이 서로 닮았는지 스스로 알아내어 더 뚜렷하게 합니다</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>모든 라벨</translation>
    </message>
    <message>
        <source>More time gains more, and ever less; it can be stopped and go on later</source>
        <translation>시간이 길수록 더 나아지지만 그 폭은 줄어듭니다. 중지했다가 나중에 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>The network that serves now</source>
        <translation>지금 쓰이는 신경망</translation>
    </message>
    <message>
        <source>The one that serves now gains most in little time; others begin from nothing</source>
        <translation>지금 쓰이는 신경망이 짧은 시간에 가장 많이 나아집니다. 다른 신경망은 처음부터 시작합니다</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Begin with</source>
        <translation>시작할 신경망</translation>
    </message>
    <message>
        <source>Labels to learn from</source>
        <translation>배울 라벨</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>It learns from all photos, without labels.</source>
        <translation>라벨 없이 모든 사진에서 배웁니다.</translation>
    </message>
    <message>
        <source>Choose at least two labels that several photos carry.</source>
        <translation>여러 사진에 붙은 라벨을 두 개 이상 선택하세요.</translation>
    </message>
    <message numerus="yes">
        <source>It learns from {chosen} of %Ln labels.</source>
        <translation>
            <numerusform>라벨 %Ln개 중 {chosen}개에서 배웁니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{network}, trained on ImageNet</source>
        <translation>{network}, ImageNet으로 학습됨</translation>
    </message>
    <message>
        <source>{network}, trained on ImageNet; a command fetches it first</source>
        <translation>{network}, ImageNet으로 학습됨, 먼저 명령으로 받아야 함</translation>
    </message>
    <message numerus="yes">
        <source>%Ln hours</source>
        <translation>
            <numerusform>%Ln시간</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minutes</source>
        <translation>
            <numerusform>%Ln분</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo the adoption</source>
        <translation>적용 취소</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>보고서 복사</translation>
    </message>
    <message>
        <source>Start afresh</source>
        <translation>처음부터 시작</translation>
    </message>
    <message>
        <source>Use it as it is</source>
        <translation>지금 상태로 쓰기</translation>
    </message>
    <message>
        <source>The map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Laying the photos out …</source>
        <translation>사진을 배치하는 중 …</translation>
    </message>
    <message>
        <source>Looking for the map …</source>
        <translation>지도를 찾는 중 …</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Picture (*.png);;Drawing (*.svg)</source>
        <translation>그림 (*.png);;도면 (*.svg)</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>지도 저장</translation>
    </message>
    <message>
        <source>The map was saved as {file}.</source>
        <translation>지도를 {file}(으)로 저장했습니다.</translation>
    </message>
    <message>
        <source>There are no photos on the map yet</source>
        <translation>지도에 아직 사진이 없습니다</translation>
    </message>
    <message>
        <source>They appear here once photos have been indexed.</source>
        <translation>사진이 색인되면 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>The map needs a part that is not installed</source>
        <translation>지도에 필요한 구성 요소가 설치되어 있지 않습니다</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>The map is not finished</source>
        <translation>지도가 완성되지 않았습니다</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>It goes on where it was.</source>
        <translation>멈춘 곳에서 이어집니다.</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Teach in seconds</source>
        <translation>몇 초 만에 가르치기</translation>
    </message>
    <message>
        <source>Let the encoder of before serve again; nothing has to be encoded for that</source>
        <translation>이전 인코더를 다시 사용합니다. 새로 인코딩할 필요가 없습니다</translation>
    </message>
    <message>
        <source>What the process wrote, for a bug report; nothing is sent</source>
        <translation>버그 보고를 위해 프로세스가 남긴 내용입니다. 아무것도 전송되지 않습니다</translation>
    </message>
    <message>
        <source>Choose anew and begin from the start; what this run learned is kept until then</source>
        <translation>다시 선택하여 처음부터 시작합니다. 그때까지 이번에 배운 것은 보관됩니다</translation>
    </message>
    <message>
        <source>Stop at a checkpoint; it can go on from there, now or later</source>
        <translation>체크포인트에서 멈춥니다. 지금이나 나중에 거기서 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>Learn no more: measure what was learned so far, and offer to adopt it</source>
        <translation>더 배우지 않고 지금까지 배운 것을 측정한 뒤 쓸 수 있게 합니다</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>마지막 체크포인트에서 계속합니다</translation>
    </message>
    <message>
        <source>Encode all photos anew in the background; until that is done, the encoder of before serves</source>
        <translation>백그라운드에서 모든 사진을 새로 인코딩합니다. 끝날 때까지 이전 인코더가 쓰입니다</translation>
    </message>
    <message>
        <source>Search as before; what was taught in seconds is forgotten</source>
        <translation>이전처럼 검색합니다. 몇 초 만에 가르친 내용은 잊습니다</translation>
    </message>
    <message>
        <source>Compare photos in this way in every search from now on; it can be undone at once</source>
        <translation>앞으로 모든 검색에서 사진을 이렇게 비교합니다. 바로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Put the command that installs PyTorch into the clipboard</source>
        <translation>PyTorch를 설치하는 명령을 클립보드에 복사합니다</translation>
    </message>
    <message>
        <source>Learn how what is known of the photos is compared; no photo has to be encoded anew</source>
        <translation>사진에 대해 알려진 것을 비교하는 방법을 배웁니다. 사진을 다시 인코딩하지 않아도 됩니다</translation>
    </message>
    <message>
        <source>Begin; meanwhile you can go on with other things</source>
        <translation>시작합니다. 그동안 다른 일을 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>명령 복사</translation>
    </message>
    <message>
        <source>No photo carries a label yet</source>
        <translation>아직 라벨이 붙은 사진이 없습니다</translation>
    </message>
    <message>
        <source>Choose photos that belong together and press L to name what they show. From a few photos of each of two or more labels, Photosearch learns to find more like them.</source>
        <translation>함께 속하는 사진을 선택하고 L을 눌러 무엇이 담겼는지 이름을 붙이세요. 두 개 이상의 라벨마다 사진 몇 장이면 Photosearch가 비슷한 사진을 찾는 법을 배웁니다.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Learn without labels</source>
        <translation>라벨 없이 배우기</translation>
    </message>
    <message>
        <source>To train a network, or to learn without labels, Photosearch needs PyTorch, which this packed program does not hold. Its sources do: enter this in a terminal where they are:</source>
        <translation>신경망을 학습시키거나 라벨 없이 배우려면 PyTorch가 필요한데, 이 패키지 프로그램에는 들어 있지 않습니다. 소스에서는 가능합니다. 소스가 있는 곳의 터미널에 다음을 입력하세요:</translation>
    </message>
    <message>
        <source>To train a network, or to learn without labels, Photosearch needs PyTorch. It is not installed. Enter this in a terminal, then come back here:</source>
        <translation>신경망을 학습시키거나 라벨 없이 배우려면 PyTorch가 필요합니다. 설치되어 있지 않습니다. 터미널에 다음을 입력한 뒤 여기로 돌아오세요:</translation>
    </message>
    <message>
        <source>Photos are being encoded anew; until that is done, the encoder of before serves.</source>
        <translation>사진을 새로 인코딩하는 중입니다. 끝날 때까지 이전 인코더가 쓰입니다.</translation>
    </message>
    <message>
        <source>What was learned serves.</source>
        <translation>배운 것이 쓰이고 있습니다.</translation>
    </message>
    <message>
        <source>The command is in the clipboard.</source>
        <translation>명령이 클립보드에 있습니다.</translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>보고서가 클립보드에 있습니다.</translation>
    </message>
    <message>
        <source>Progress of the learning</source>
        <translation>학습 진행률</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>Preparing the photos …</source>
        <translation>사진을 준비하는 중…</translation>
    </message>
    <message>
        <source>Measuring on held-out photos …</source>
        <translation>남겨 둔 사진으로 측정하는 중…</translation>
    </message>
    <message>
        <source>Learning …</source>
        <translation>배우는 중…</translation>
    </message>
    <message>
        <source>Finishing …</source>
        <translation>마무리하는 중…</translation>
    </message>
    <message>
        <source>Stopped. It can go on from here.</source>
        <translation>중지되었습니다. 여기서 계속할 수 있습니다.</translation>
    </message>
    <message>
        <source>It did not get better at finding held-out photos.</source>
        <translation>남겨 둔 사진을 찾는 데 더 나아지지 않았습니다.</translation>
    </message>
    <message>
        <source>It got better at finding held-out photos: {before} % → {after} %.</source>
        <translation>남겨 둔 사진을 더 잘 찾습니다: {before}% → {after}%.</translation>
    </message>
    <message>
        <source>Searches go by what was taught in seconds.</source>
        <translation>몇 초 만에 가르친 내용에 따라 검색합니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln labels</source>
        <translation>
            <numerusform>라벨 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>each was held out in turn to measure with</source>
        <translation>각 사진을 차례로 남겨 두고 측정했습니다</translation>
    </message>
    <message numerus="yes">
        <source>%Ln held out</source>
        <comment>photos</comment>
        <translation>
            <numerusform>%Ln장 남겨 둠</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done}/{total}</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>{step}단계</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>{duration} 남음</translation>
    </message>
    <message>
        <source>Course of the learning</source>
        <translation>학습 경과</translation>
    </message>
    <message>
        <source>Held-out photos found, in %</source>
        <translation>남겨 둔 사진을 찾음 (%)</translation>
    </message>
    <message>
        <source>How far off it still is</source>
        <translation>아직 얼마나 어긋나는지</translation>
    </message>
    <message>
        <source>steps of learning</source>
        <translation>학습 단계</translation>
    </message>
    <message>
        <source>before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>{step}단계</translation>
    </message>
    <message>
        <source>Held-out photos are found: {percent} %</source>
        <translation>남겨 둔 사진을 찾음: {percent}%</translation>
    </message>
    <message>
        <source>Still off by {loss}</source>
        <translation>아직 어긋남: {loss}</translation>
    </message>
    <message>
        <source>The process that learns cannot be started: {reason}.</source>
        <translation>학습 프로세스를 시작할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The process that learns has crashed, or was ended from outside.</source>
        <translation>학습 프로세스가 충돌했거나 외부에서 종료되었습니다.</translation>
    </message>
    <message>
        <source>The process that learns ended early, with the exit code {code}.</source>
        <translation>학습 프로세스가 종료 코드 {code}(으)로 일찍 끝났습니다.</translation>
    </message>
    <message>
        <source>Before and after</source>
        <translation>이전과 이후</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>이후</translation>
    </message>
    <message>
        <source>In %</source>
        <translation>단위 %</translation>
    </message>
    <message>
        <source>How far ahead photos of the same label come when a held-out photo is searched with: mAP</source>
        <translation>남겨 둔 사진으로 검색할 때 같은 라벨의 사진이 얼마나 앞에 나오는지: mAP</translation>
    </message>
    <message>
        <source>How often the very first photo is one of the same label: recall@1</source>
        <translation>맨 처음 사진이 같은 라벨인 비율: recall@1</translation>
    </message>
    <message>
        <source>Nearest photo is right</source>
        <translation>가장 가까운 사진이 맞음</translation>
    </message>
    <message>
        <source>“{name}” cannot take over: {reason}</source>
        <translation>“{name}” 인코더가 이어받을 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>Group {number} of {total}</source>
        <translation>그룹 {total}개 중 {number}번째</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>묶음</translation>
    </message>
    <message>
        <source>All clusters</source>
        <translation>모든 묶음</translation>
    </message>
    <message>
        <source>Give this cluster a name (F2)</source>
        <translation>이 묶음에 이름 지정(F2)</translation>
    </message>
    <message>
        <source>Let photos go by a rule</source>
        <translation>규칙으로 사진 내보내기</translation>
    </message>
    <message>
        <source>Any folder</source>
        <translation>모든 폴더</translation>
    </message>
    <message>
        <source>for instance: Copies, or (1)</source>
        <translation>예: Copies 또는 (1)</translation>
    </message>
    <message>
        <source>Only those with fewer pixels than the kept photo</source>
        <translation>보관할 사진보다 픽셀이 적은 것만</translation>
    </message>
    <message>
        <source>Only those of which the kept photo shows everything</source>
        <translation>보관할 사진이 모든 내용을 담고 있는 것만</translation>
    </message>
    <message>
        <source>In the folder, and below</source>
        <translation>폴더와 그 아래</translation>
    </message>
    <message>
        <source>With this in its path</source>
        <translation>경로에 포함된 글자</translation>
    </message>
    <message>
        <source>Nothing of this tab that may go is chosen.</source>
        <translation>이 탭에서 내보낼 수 있는 사진이 선택되지 않았습니다.</translation>
    </message>
    <message>
        <source>Say which photos are to go.</source>
        <translation>내보낼 사진을 정하세요.</translation>
    </message>
    <message numerus="yes">
        <source>Let %Ln photos go</source>
        <translation>
            <numerusform>사진 %Ln장 내보내기</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>the copy differs from the original</source>
        <translation>사본이 원본과 다릅니다</translation>
    </message>
    <message>
        <source>Its sidecar “{path}” cannot be read, so its metadata cannot be inherited.</source>
        <translation>사이드카 “{path}”을(를) 읽을 수 없어 정보를 이어받을 수 없습니다.</translation>
    </message>
    <message>
        <source>The sidecar “{path}” of the photo to keep cannot be completed, so no metadata can be inherited.</source>
        <translation>남길 사진의 사이드카 “{path}”에 정보를 더할 수 없어 아무것도 이어받을 수 없습니다.</translation>
    </message>
    <message>
        <source>“{path}” has changed meanwhile</source>
        <translation>“{path}”이(가) 그사이 바뀌었습니다</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as a list of groups ({reason}).</source>
        <translation>“{path}”을(를) 그룹 목록으로 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>“{path}” needs a first line “path,group”.</source>
        <translation>“{path}”의 첫 줄은 “path,group”이어야 합니다.</translation>
    </message>
    <message>
        <source>“{path}” has a line without a group.</source>
        <translation>“{path}”에 그룹이 없는 줄이 있습니다.</translation>
    </message>
    <message>
        <source>“{path}” names no photos.</source>
        <translation>“{path}”에 사진이 없습니다.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>그런 파일이 없습니다.</translation>
    </message>
    <message>
        <source>“{path}” cannot be evaluated. {reason}</source>
        <translation>“{path}”을(를) 평가할 수 없습니다. {reason}</translation>
    </message>
    <message>
        <source>The thumbnail cache is damaged.</source>
        <translation>미리 보기 캐시가 손상되었습니다.</translation>
    </message>
    <message>
        <source>another Photosearch is writing to this library; try again when it has finished.</source>
        <translation>다른 Photosearch가 이 라이브러리에 쓰고 있습니다. 끝난 뒤에 다시 시도하세요.</translation>
    </message>
    <message>
        <source>the library folder cannot be written ({reason}).</source>
        <translation>라이브러리 폴더에 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{problem} It could not be repaired: {reason}</source>
        <translation>{problem} 복구하지 못했습니다: {reason}</translation>
    </message>
    <message>
        <source>A part of Photosearch cannot be loaded: {reason}. Install it again.</source>
        <translation>Photosearch의 일부를 불러올 수 없습니다: {reason}. 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>A file cannot be read or written: {reason}.</source>
        <translation>파일을 읽거나 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read or written: {reason}.</source>
        <translation>“{path}”을(를) 읽거나 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The file to write needs a name.</source>
        <translation>저장할 파일에는 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>Windows reserves the name “{path}” for devices, or shortens it; choose another name.</source>
        <translation>Windows에서 “{path}” 이름은 장치용이거나 줄여집니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>“{path}” lies in the library&apos;s own folder; choose another place.</source>
        <translation>“{path}”은(는) 라이브러리 폴더 안에 있습니다. 다른 위치를 선택하세요.</translation>
    </message>
    <message>
        <source>“{path}” exists already and is no ordinary file; choose another name.</source>
        <translation>“{path}”이(가) 이미 있으며 일반 파일이 아닙니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>“{path}” exists already, and is not the {kind} that this library wrote there. Choose another name; --force replaces it.</source>
        <translation>“{path}”이(가) 이미 있으며 이 라이브러리가 쓴 {kind}이(가) 아닙니다. 다른 이름을 선택하세요. --force를 쓰면 덮어씁니다.</translation>
    </message>
    <message>
        <source>--map is for a published library, which this is not.</source>
        <translation>--map은 게시된 라이브러리에만 쓸 수 있는데, 이 라이브러리는 게시된 것이 아닙니다.</translation>
    </message>
    <message>
        <source>“{path}” cannot be written: {reason}.</source>
        <translation>“{path}”을(를) 쓸 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>There is no cluster {number}.</source>
        <translation>{number}번 클러스터가 없습니다.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read any more.</source>
        <translation>“{path}”을(를) 더는 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>“{path}” does not tell which photos show one scene: {reason}.</source>
        <translation>“{path}”에 같은 장면의 사진이 적혀 있지 않습니다: {reason}.</translation>
    </message>
    <message>
        <source>The encoder cannot be calibrated: {reason}.</source>
        <translation>인코더를 보정할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The encoder does not tell {difference} apart.</source>
        <translation>인코더가 구별하지 못합니다: {difference}.</translation>
    </message>
    <message>
        <source>The exported encoder “{name}” differs from the network by {difference}.</source>
        <translation>내보낸 인코더 “{name}”이(가) 네트워크와 {difference}만큼 다릅니다.</translation>
    </message>
    <message>
        <source>This torch cannot export a network.</source>
        <translation>이 torch로는 네트워크를 내보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>There are no photos from which to learn the ranges of 8 bits.</source>
        <translation>8비트 범위를 정할 사진이 없습니다.</translation>
    </message>
    <message>
        <source>These are not the weights of {name}.</source>
        <translation>{name}의 가중치가 아닙니다.</translation>
    </message>
    <message>
        <source>The weights of {name} are not here. “photosearch encoders fetch {name}” downloads them.</source>
        <translation>{name}의 가중치가 없습니다. “photosearch encoders fetch {name}”으로 내려받을 수 있습니다.</translation>
    </message>
    <message>
        <source>The download from {url} is not the pinned file: its checksum is {digest}.</source>
        <translation>{url}에서 받은 파일이 지정된 파일이 아닙니다. 체크섬은 {digest}입니다.</translation>
    </message>
    <message>
        <source>{url} could not be downloaded: {reason}. Nothing of it was kept.</source>
        <translation>{url}을(를) 내려받지 못했습니다: {reason}. 받은 내용은 보관하지 않았습니다.</translation>
    </message>
    <message>
        <source>“{path}” is not the pinned file: its checksum is {digest}. Delete it to download it again.</source>
        <translation>“{path}”은(는) 지정된 파일이 아닙니다. 체크섬은 {digest}입니다. 다시 내려받으려면 삭제하세요.</translation>
    </message>
    <message>
        <source>No checksum of {url} is known. Give the SHA-256 of the file, from whom you trust, with --sha256.</source>
        <translation>{url}의 체크섬을 모릅니다. 믿을 수 있는 곳에서 얻은 파일의 SHA-256을 --sha256으로 지정하세요.</translation>
    </message>
    <message>
        <source>There is nothing called “{name}” to fetch. Available: {names}.</source>
        <translation>내려받을 수 있는 “{name}”이(가) 없습니다. 사용 가능: {names}.</translation>
    </message>
    <message>
        <source>{url} is known by another checksum: {digest}.</source>
        <translation>{url}의 알려진 체크섬은 다릅니다: {digest}.</translation>
    </message>
    <message>
        <source>“{name}” is no encoder that can be brought in.</source>
        <translation>“{name}”은(는) 가져올 수 있는 인코더가 아닙니다.</translation>
    </message>
    <message>
        <source>Whitening is learned from photos that share a label; there are no two.</source>
        <translation>화이트닝은 같은 라벨의 사진에서 배우는데 그런 사진이 두 장도 없습니다.</translation>
    </message>
    <message>
        <source>Whitening is to keep {count} dimensions, but these photos differ in {limit}.</source>
        <translation>화이트닝에서 {count}차원을 남겨야 하는데 이 사진들은 {limit}차원에서만 다릅니다.</translation>
    </message>
    <message>
        <source>Only an objective of pairs or triplets can use a memory of earlier steps.</source>
        <translation>쌍이나 세 장 단위의 목표만 이전 단계의 기억을 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>“{objective}” learns from labels; without any there are {names}.</source>
        <translation>“{objective}”은(는) 라벨에서 배웁니다. 라벨 없이 쓸 수 있는 것: {names}.</translation>
    </message>
    <message>
        <source>There are too few photos in “{path}”.</source>
        <translation>“{path}”에 사진이 너무 적습니다.</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as a recipe ({reason}).</source>
        <translation>“{path}”을(를) 레시피로 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>“{path}” cannot be read as a recipe (it is nested too deep).</source>
        <translation>“{path}”을(를) 레시피로 읽을 수 없습니다(너무 깊이 중첩됨).</translation>
    </message>
    <message>
        <source>A recipe has no “{key}”. It may say: {names}.</source>
        <translation>레시피에는 “{key}”이(가) 없습니다. 쓸 수 있는 것: {names}.</translation>
    </message>
    <message>
        <source>“{key}” is part of the active encoder; to choose it, let “start” name a backbone: {names}.</source>
        <translation>“{key}”은(는) 사용 중인 인코더의 일부입니다. 선택하려면 “start”에 백본을 적으세요: {names}.</translation>
    </message>
    <message>
        <source>“scales” needs at least one number; [1.0] is the photo as it is.</source>
        <translation>“scales”에는 수가 하나 이상 필요합니다. [1.0]은 사진 그대로입니다.</translation>
    </message>
    <message>
        <source>“input_size” at the smallest of “scales” is at least {count} pixels.</source>
        <translation>“scales”의 가장 작은 값에서 “input_size”는 {count}픽셀 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>“augment” needs at least one name, or every view of a photo is the same.</source>
        <translation>“augment”에 이름이 하나 이상 필요합니다. 그렇지 않으면 한 사진의 모든 변형이 같아집니다.</translation>
    </message>
    <message>
        <source>“{key}” is a list, like {example}.</source>
        <translation>“{key}”은(는) {example}와 같은 목록입니다.</translation>
    </message>
    <message>
        <source>“{key}” is {kind}, like {example}.</source>
        <translation>“{key}”은(는) {kind}이며, 예를 들면 {example}입니다.</translation>
    </message>
    <message>
        <source>There is no {key} “{value}”; there are {names}.</source>
        <translation>{key}에 “{value}”은(는) 없습니다. 있는 것: {names}.</translation>
    </message>
    <message>
        <source>“{key}” lies between {least} and {most}.</source>
        <translation>“{key}”은(는) {least}에서 {most} 사이입니다.</translation>
    </message>
    <message>
        <source>What lays the map out cannot be loaded: {reason}. Install Photosearch again.</source>
        <translation>지도를 만드는 구성 요소를 불러올 수 없습니다: {reason}. Photosearch를 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>openTSNE, which lays the map out, is installed but cannot be loaded: {reason}. Install it again: pip install --force-reinstall openTSNE. On Windows it also needs Microsoft&apos;s Visual C++ Redistributable.</source>
        <translation>지도를 만드는 openTSNE가 설치되어 있지만 불러올 수 없습니다: {reason}. 다시 설치하십시오: pip install --force-reinstall openTSNE. Windows에서는 Microsoft Visual C++ 재배포 가능 패키지도 필요합니다.</translation>
    </message>
    <message>
        <source>The map could not be laid out: its process was ended, or memory ran out.</source>
        <translation>지도를 만들 수 없었습니다: 해당 프로세스가 종료되었거나 메모리가 부족했습니다.</translation>
    </message>
    <message>
        <source>What colours tell apart</source>
        <translation>색으로 구분하는 것</translation>
    </message>
    <message>
        <source>Colours by kind</source>
        <translation>종류별 색</translation>
    </message>
    <message>
        <source>Colours by occasion</source>
        <translation>상황별 색</translation>
    </message>
    <message>
        <source>What stands out</source>
        <translation>강조할 것</translation>
    </message>
    <message>
        <source>Let the photos of the last search or of a label stand out</source>
        <translation>마지막 검색이나 라벨의 사진을 강조</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Draw around photos to see them as a grid (Shift and drag)</source>
        <translation>사진을 둘러 그리면 격자로 보여 줍니다 (Shift를 누르고 끌기)</translation>
    </message>
    <message>
        <source>See all of the map (0)</source>
        <translation>지도 전체 보기 (0)</translation>
    </message>
    <message>
        <source>Save the map as a picture …</source>
        <translation>지도를 그림으로 저장 …</translation>
    </message>
    <message>
        <source>Nothing stands out</source>
        <translation>강조 없음</translation>
    </message>
    <message>
        <source>The last search</source>
        <translation>마지막 검색</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stand out</source>
        <translation>
            <numerusform>%Ln장 강조</numerusform>
        </translation>
    </message>
    <message>
        <source>The map needs openTSNE, which is not installed here: pip install &quot;photosearch[map]&quot;, or python3 run.py map in a checkout of the sources.</source>
        <translation>지도에는 openTSNE가 필요하지만 여기에 설치되어 있지 않습니다: pip install &quot;photosearch[map]&quot;, 또는 소스 폴더에서 python3 run.py map.</translation>
    </message>
    <message>
        <source>Some groups of duplicates would keep no photo; choose one to keep.</source>
        <translation>사진이 한 장도 남지 않는 그룹이 있습니다. 남길 사진을 고르세요.</translation>
    </message>
    <message>
        <source>The training diverged: its loss is not a number any more. A recipe with a smaller rate or another objective may help.</source>
        <translation>학습이 발산하여 손실이 더는 수가 아닙니다. 학습률이 더 작거나 목표가 다른 레시피를 써 보세요.</translation>
    </message>
    <message>
        <source>It finds identical duplicates only: calibration needs {limit} photos, and there are {count}.</source>
        <translation>동일한 파일만 중복으로 찾습니다. 보정에는 사진이 {limit}장 필요한데 지금은 {count}장입니다.</translation>
    </message>
    <message>
        <source>The encoder could not be calibrated, so it finds identical duplicates only: {reason}</source>
        <translation>인코더를 보정하지 못해 동일한 파일만 중복으로 찾습니다: {reason}</translation>
    </message>
    <message>
        <source>No held-out photo shares a label with another photo, so nothing can be measured.</source>
        <translation>남겨 둔 사진 중에 같은 라벨의 다른 사진이 있는 것이 없어 측정할 수 없습니다.</translation>
    </message>
    <message>
        <source>Best: {reason}</source>
        <translation>최고: {reason}</translation>
    </message>
    <message>
        <source>Stays: protected, edited, with a video, or out of reach</source>
        <translation>남음: 보호되었거나, 편집되었거나, 동영상이 딸렸거나, 접근할 수 없음</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>연속 촬영</translation>
    </message>
    <message>
        <source>Exposure bracket</source>
        <translation>노출 브래킷</translation>
    </message>
    <message>
        <source>Panorama</source>
        <translation>파노라마</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bursts</source>
        <translation>
            <numerusform>연속 촬영 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln exposure brackets</source>
        <translation>
            <numerusform>노출 브래킷 %Ln개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln panoramas</source>
        <translation>
            <numerusform>파노라마 %Ln개</numerusform>
        </translation>
    </message>
    <message>
        <source>The sharpest subject, with the fewest clipped pixels</source>
        <translation>피사체가 가장 선명하고, 하얗거나 검게 뭉친 부분이 가장 적음</translation>
    </message>
    <message>
        <source>Exposed differently on purpose: all of them stay</source>
        <translation>일부러 노출을 다르게 찍음: 모두 남음</translation>
    </message>
    <message>
        <source>Each shows the scene further along: all of them stay</source>
        <translation>저마다 장면의 다음 부분을 보여 줌: 모두 남음</translation>
    </message>
    <message>
        <source>The library could not be published to “{path}”: {reason}. Its readers go on with what they have.</source>
        <translation>라이브러리를 “{path}”에 게시할 수 없습니다: {reason}. 읽는 사람은 이전 상태를 계속 봅니다.</translation>
    </message>
    <message>
        <source>“{path}” holds other files. A library is published to a folder of its own.</source>
        <translation>“{path}”에 다른 파일이 있습니다. 라이브러리는 전용 폴더에 게시합니다.</translation>
    </message>
    <message>
        <source>Another library was published to “{path}”. Choose another folder, or replace it with --force.</source>
        <translation>“{path}”에는 다른 라이브러리가 게시되어 있습니다. 다른 폴더를 고르거나 --force로 바꾸세요.</translation>
    </message>
    <message>
        <source>The search index changed meanwhile</source>
        <translation>그사이 검색 색인이 바뀌었습니다</translation>
    </message>
    <message>
        <source>This library was published to “{path}” to be read. Photos are added, changed and cleared away where it was published from.</source>
        <translation>이 라이브러리는 읽기용으로 “{path}”에 게시되었습니다. 사진 추가, 변경, 정리는 라이브러리를 게시한 컴퓨터에서 합니다.</translation>
    </message>
    <message>
        <source>Another library was published to “{path}” meanwhile; close Photosearch and open it again.</source>
        <translation>그사이 “{path}”에 다른 라이브러리가 게시되었습니다. Photosearch를 닫았다가 다시 여세요.</translation>
    </message>
    <message>
        <source>“{path}” was published by a newer Photosearch. Update the program to open it.</source>
        <translation>“{path}”은(는) 더 새로운 Photosearch가 게시했습니다. 열려면 프로그램을 업데이트하세요.</translation>
    </message>
    <message>
        <source>“{path}” was published by an older Photosearch. Publish it anew with this version.</source>
        <translation>“{path}”은(는) 이전 버전의 Photosearch가 게시했습니다. 이 버전으로 다시 게시하세요.</translation>
    </message>
    <message>
        <source>The published catalog “{path}” cannot be read. Publish the library anew where that does not pass.</source>
        <translation>게시된 카탈로그 “{path}”을(를) 읽을 수 없습니다. 계속되면 라이브러리를 다시 게시하세요.</translation>
    </message>
    <message>
        <source>“{path}” cannot be made: {reason}.</source>
        <translation>“{path}”을(를) 만들 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>Another Photosearch has this library open; close it first, as it is of an older version.</source>
        <translation>이전 버전의 다른 Photosearch가 이 라이브러리를 열고 있습니다. 먼저 닫으세요.</translation>
    </message>
    <message>
        <source>The published library “{path}” cannot be read: {reason}.</source>
        <translation>게시된 라이브러리 “{path}”을(를) 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>“{path}” is not what Photosearch publishes: {reason}.</source>
        <translation>“{path}”은(는) Photosearch가 게시한 것이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>Y  It carries it</source>
        <translation>Y  맞음</translation>
    </message>
    <message>
        <source>N  It does not</source>
        <translation>N  아님</translation>
    </message>
    <message>
        <source>Looking for photos to suggest …</source>
        <translation>제안할 사진을 찾는 중 …</translation>
    </message>
    <message>
        <source>Look again, with what was decided</source>
        <translation>결정한 내용으로 다시 찾기</translation>
    </message>
    <message>
        <source>Suggestions for “{label}”</source>
        <translation>“{label}” 제안</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos do not carry the label “{label}”.</source>
        <translation>
            <numerusform>사진 %Ln장은 “{label}” 라벨이 아닙니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>No other photo probably carries this label</source>
        <translation>이 라벨이 맞을 만한 다른 사진이 없습니다</translation>
    </message>
    <message>
        <source>The search for suggestions was stopped</source>
        <translation>제안 찾기를 멈추었습니다</translation>
    </message>
    <message>
        <source>L labels the selected photos.</source>
        <translation>L을 누르면 선택한 사진에 라벨을 붙입니다.</translation>
    </message>
    <message>
        <source>{percent} to {most}</source>
        <translation>{percent}–{most}</translation>
    </message>
    <message>
        <source>{percent} or more</source>
        <translation>{percent} 이상</translation>
    </message>
    <message numerus="yes">
        <source>Checked on your labels: of %Ln photos that carry it, each looked at as if it did not, {found} would be suggested with 50 % or more.</source>
        <translation>
            <numerusform>붙인 라벨로 확인한 결과: 이 라벨이 붙은 사진 %Ln장을 하나씩 라벨이 없는 것처럼 보았을 때, {found}장이 50% 이상으로 제안됩니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln photos with other labels only, {wrong} would be.</source>
        <translation>
            <numerusform>다른 라벨만 붙은 사진 %Ln장 가운데서는 {wrong}장이 제안됩니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Give the label “{name}” to at least {count} photos first.</source>
        <translation>먼저 사진 {count}장 이상에 “{name}” 라벨을 붙이세요.</translation>
    </message>
    <message>
        <source>Other machines are reached with Dask, which is not installed: pip install “photosearch[cluster]”.</source>
        <translation>다른 컴퓨터에는 Dask로 연결하는데 설치되어 있지 않습니다: pip install “photosearch[cluster]”.</translation>
    </message>
    <message>
        <source>“{address}” is no address of a scheduler, like tcp://HOST:8786.</source>
        <translation>“{address}”은(는) tcp://HOST:8786 같은 스케줄러 주소가 아닙니다.</translation>
    </message>
    <message>
        <source>The scheduler “{address}” cannot be reached: {reason}.</source>
        <translation>스케줄러 “{address}”에 연결할 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>The workers do not see “{path}”. If its folder lies elsewhere there: --map HERE=THERE.</source>
        <translation>워커가 “{path}”을(를) 보지 못합니다. 폴더가 그쪽에서 다른 곳에 있으면: --map 여기=저기.</translation>
    </message>
    <message>
        <source>The workers that read it ended.</source>
        <translation>파일을 읽던 워커가 종료되었습니다.</translation>
    </message>
    <message>
        <source>A worker could not read it: {reason}</source>
        <translation>워커가 파일을 읽지 못했습니다: {reason}</translation>
    </message>
    <message>
        <source>The scheduler “{address}” has no workers yet. On each machine: dask worker {address}</source>
        <translation>스케줄러 “{address}”에 아직 워커가 없습니다. 각 컴퓨터에서: dask worker {address}</translation>
    </message>
    <message>
        <source>No worker of “{address}” has this version of Photosearch, with the same decoders.</source>
        <translation>“{address}”의 워커 중에 디코더까지 같은 이 버전의 Photosearch가 없습니다.</translation>
    </message>
    <message>
        <source>All workers are gone. The photos read so far are kept; run this again when there are some.</source>
        <translation>워커가 모두 사라졌습니다. 지금까지 읽은 사진은 남으니 워커가 생기면 다시 실행하세요.</translation>
    </message>
    <message>
        <source>The workers do not see the file.</source>
        <translation>워커가 파일을 보지 못합니다.</translation>
    </message>
    <message>
        <source>Its sidecar “{path}” cannot be completed.</source>
        <translation>사이드카 “{path}”에 내용을 더할 수 없습니다.</translation>
    </message>
    <message>
        <source>“{path}” was changed since, so it stays as it is.</source>
        <translation>“{path}”이(가) 그 뒤에 바뀌어 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Give all photos the keywords in them and in their sidecars as labels, on top of those they carry?</source>
        <translation>모든 사진에, 사진과 사이드카에 든 키워드를 지금 라벨에 더해 라벨로 붙일까요?</translation>
    </message>
    <message>
        <source>Keywords become labels</source>
        <translation>키워드를 라벨로</translation>
    </message>
    <message>
        <source>Read the keywords</source>
        <translation>키워드 읽기</translation>
    </message>
    <message numerus="yes">
        <source>%Ln keywords are labels now.</source>
        <translation>
            <numerusform>키워드 %Ln개를 라벨로 만들었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo has a keyword that is not a label of it already.</source>
        <translation>아직 라벨이 아닌 키워드가 있는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>There is no label that the sidecars lack.</source>
        <translation>사이드카에 빠진 라벨이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars get labels as keywords.</source>
        <translation>
            <numerusform>사이드카 %Ln개에 라벨을 키워드로 더합니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are new files beside the photos.</source>
        <comment>sidecars</comment>
        <translation>
            <numerusform>그중 %Ln개는 사진 옆에 새로 만드는 파일입니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo is changed, and nothing else in a sidecar. It can be undone.</source>
        <translation>사진은 바뀌지 않고, 사이드카의 다른 내용도 그대로입니다. 되돌릴 수 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Write %Ln sidecars</source>
        <translation>
            <numerusform>사이드카 %Ln개 쓰기</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels into sidecars</source>
        <translation>라벨을 사이드카에</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars were written.</source>
        <translation>
            <numerusform>사이드카 %Ln개를 썼습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars are as they were before.</source>
        <translation>
            <numerusform>사이드카 %Ln개를 이전대로 되돌렸습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photo carries a label yet: photosearch label NAME PHOTO…</source>
        <translation>아직 라벨이 붙은 사진이 없습니다: photosearch label NAME PHOTO…</translation>
    </message>
    <message>
        <source>Photos with labels are not described by the encoder in use yet: photosearch index</source>
        <translation>라벨이 붙은 사진을 현재 인코더가 아직 기술하지 않았습니다: photosearch index</translation>
    </message>
    <message>
        <source>Nothing that was learned in this way is in use.</source>
        <translation>이렇게 배운 것은 사용 중이 아닙니다.</translation>
    </message>
    <message>
        <source>Too few photos could be held out to tell whether it is better: label some more of each kind.</source>
        <translation>더 나아졌는지 알기에는 남겨 둘 수 있는 사진이 너무 적습니다. 종류마다 라벨을 더 붙이세요.</translation>
    </message>
    <message>
        <source>The gain may be chance: it takes more photos with labels to tell.</source>
        <translation>나아진 것이 우연일 수 있습니다. 알려면 라벨이 붙은 사진이 더 필요합니다.</translation>
    </message>
    <message>
        <source>What was learned finds no better, so searches stay as they are.</source>
        <translation>배운 것이 더 잘 찾지 못하므로 검색은 그대로입니다.</translation>
    </message>
    <message>
        <source>Another encoder has taken over meanwhile; teach anew.</source>
        <translation>그동안 다른 인코더로 바뀌었습니다. 다시 가르치세요.</translation>
    </message>
    <message>
        <source>Choose a folder of its own, on a drive that others see</source>
        <translation>다른 사람이 볼 수 있는 드라이브에서 전용 폴더를 선택하세요</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are published. Others open them with: {command}</source>
        <translation>
            <numerusform>사진 %Ln장을 게시했습니다. 다른 사람은 다음 명령으로 엽니다: {command}</numerusform>
        </translation>
    </message>
    <message>
        <source>Publishing …</source>
        <translation>게시하는 중 …</translation>
    </message>
    <message>
        <source>Too few photos to learn from: {count}.</source>
        <translation>배우기에는 사진이 너무 적습니다: {count}장.</translation>
    </message>
    <message>
        <source>The folder “{path}” disappeared; photos still to be read: about {count}. Those read so far are kept; connect the drive and run this again.</source>
        <translation>“{path}” 폴더가 사라졌습니다. 더 읽을 사진: 약 {count}장. 읽은 내용은 보관됩니다. 드라이브를 연결하고 다시 실행하세요.</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Return</source>
        <translation>Enter</translation>
    </message>
</context>
</TS>
