using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Core.Query.Searching;

/// <summary>Short words of the search box besides the fields of queries, in both languages.</summary>
public static class SearchWords
{
    /// <summary>What stands before a colon, and for which field.</summary>
    public static IReadOnlyDictionary<string, string> Fields { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = "requester",
            ["보낸사람"] = "requester",
            ["to"] = "assignee",
            ["in"] = "desk",
        };

    /// <summary>What stands behind <c>is:</c>, and the condition that it means.</summary>
    public static IReadOnlyDictionary<string, string> States { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["open"] = "category != done",
            ["열림"] = "category != done",
            ["closed"] = "category = done",
            ["done"] = "category = done",
            ["닫힘"] = "category = done",
            ["완료"] = "category = done",
            ["waiting"] = "category = waiting",
            ["대기"] = "category = waiting",
            ["new"] = "category = new",
            ["신규"] = "category = new",
            ["unassigned"] = "assignee IS EMPTY",
            ["미배정"] = "assignee IS EMPTY",
            ["mine"] = "assignee = currentUser()",
            ["내것"] = "assignee = currentUser()",
            ["overdue"] = "due < now()",
            ["지연"] = "due < now()",
        };

    /// <summary>The words that are told to who wrote another one.</summary>
    public const string StatesTold = "open, closed, waiting, new, unassigned, mine, overdue";

    /// <summary>Whether the word stands for the reader.</summary>
    public static bool IsMe(string folded) => folded is "me" or "나" or "저" or "currentuser()";

    /// <summary>Whether the word stands for no value.</summary>
    public static bool IsNone(string folded) => folded is "none" or "empty" or "없음";

    /// <summary>Whether it is the word in front of states.</summary>
    public static bool IsState(string folded) => folded is "is" or "상태는";

    /// <summary>The condition of a state; null when there is none of that name.</summary>
    internal static ConditionSyntax? ConditionOf(string folded) =>
        States.TryGetValue(folded, out var condition) ? QueryParser.Parse(condition).Filter : null;
}
