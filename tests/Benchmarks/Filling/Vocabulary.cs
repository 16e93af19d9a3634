namespace ServiceDesk.Benchmarks.Filling;

/// <summary>Words of a service desk in two languages, drawn by a number so that every run makes the same tickets.</summary>
internal static class Vocabulary
{
    private static readonly string[] Things =
    [
        "printer",
        "VPN",
        "mailbox",
        "laptop",
        "password",
        "사내메신저",
        "프린터",
        "공유폴더",
        "그룹웨어",
        "회의실 예약",
        "network drive",
        "payroll form",
        "모니터",
        "출입카드",
        "license",
    ];

    private static readonly string[] Troubles =
    [
        "does not start",
        "is slow since the update",
        "asks for the password again",
        "접속이 되지 않습니다",
        "오류가 발생합니다",
        "권한을 신청합니다",
        "cannot be reached from home",
        "shows a wrong name",
        "속도가 느립니다",
        "교체를 요청드립니다",
        "lost its settings",
    ];

    private static readonly string[] Details =
    [
        "It began this morning and affects two colleagues on the same floor.",
        "재부팅 후에도 동일한 현상이 반복됩니다.",
        "The error number is 0x80070005 and the screen stays white.",
        "어제 업데이트 이후부터 발생했으며 급하게 처리 부탁드립니다.",
        "We tried another cable and another account without success.",
        "다른 자리에서는 정상적으로 동작하는 것을 확인했습니다.",
    ];

    public static string Summary(long number) =>
        $"{Things[Mix(number, 1) % (uint)Things.Length]} {Troubles[Mix(number, 2) % (uint)Troubles.Length]} #{number}";

    public static string Text(long number, int salt) =>
        string.Join(' ', Enumerable.Range(0, 3).Select(at => Details[Mix(number, salt + at) % (uint)Details.Length]));

    /// <summary>A number that looks random and is the same in every run.</summary>
    public static uint Mix(long number, int salt)
    {
        var hash = (ulong)number * 0x9E3779B97F4A7C15 + (ulong)salt * 0xBF58476D1CE4E5B9;
        hash ^= hash >> 31;
        hash *= 0x94D049BB133111EB;
        return (uint)(hash >> 32);
    }

    /// <summary>One of so many, which looks random and is the same in every run.</summary>
    public static int Pick(int number, int salt, int count) => (int)(Mix(number, salt) % (uint)count);
}
