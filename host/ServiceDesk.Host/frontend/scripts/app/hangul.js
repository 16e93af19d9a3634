// Finds Korean as it is typed: an unfinished syllable is found (바 in 반려), and initial consonants alone are (ㅂㄹ in 반려).
const firstOf = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

// Keyboards join consonants that end a syllable together.
const joined = {
  ㄳ: "ㄱㅅ",
  ㄵ: "ㄴㅈ",
  ㄶ: "ㄴㅎ",
  ㄺ: "ㄹㄱ",
  ㄻ: "ㄹㅁ",
  ㄼ: "ㄹㅂ",
  ㄽ: "ㄹㅅ",
  ㄾ: "ㄹㅌ",
  ㄿ: "ㄹㅍ",
  ㅀ: "ㄹㅎ",
  ㅄ: "ㅂㅅ",
};

// Each syllable falls into its letters; a consonant that stands alone counts as the beginning of one.
const letters = (text) =>
  [...text.toLowerCase().normalize("NFD")]
    .flatMap((one) => [...(joined[one] ?? one)])
    .map((one) => {
      const at = firstOf.indexOf(one);
      return at < 0 ? one : String.fromCharCode(0x1100 + at);
    })
    .join("");

const initials = (text) => letters(text).replace(/[\u1161-\u11ff]/g, "");

// How well a text fits what was typed: 0 not at all, else the more the better.
export function fits(text, typed) {
  const wanted = letters(typed.trim());
  if (wanted === "") {
    return 1;
  }

  const whole = letters(text);
  const at = whole.indexOf(wanted);
  if (at >= 0) {
    return at === 0 ? 4 : /\s/.test(whole[at - 1]) ? 3 : 2;
  }

  const isInitials = /^[\u1100-\u1112\s]+$/.test(wanted);
  if (isInitials && initials(text).replace(/\s/g, "").includes(wanted.replace(/\s/g, ""))) {
    return 2;
  }

  // Several words may stand in any order.
  const words = wanted.split(/\s+/);
  return words.length > 1 && words.every((word) => whole.includes(word)) ? 1 : 0;
}
