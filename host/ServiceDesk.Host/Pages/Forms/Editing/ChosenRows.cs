using ServiceDesk.Host.Pages.TagHelpers;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>A list of what was chosen, with what else there is.</summary>
/// <param name="At">Where the form is drawn anew.</param>
/// <param name="Part">The name of its inputs.</param>
/// <param name="Rows">What was chosen, with a note beside it.</param>
/// <param name="More">What is not chosen yet.</param>
/// <param name="AddWords">What the button says that takes one more.</param>
/// <param name="Which">What is chosen there.</param>
/// <param name="IsOrdered">Whether the order means something.</param>
public sealed record ChosenRows(
    ShapePlace At,
    string Part,
    IReadOnlyList<(string Id, string Name, string? Note)> Rows,
    IReadOnlyList<(string Id, string Name)> More,
    string AddWords,
    string Which,
    bool IsOrdered = false
)
{
    /// <summary>Rows of all that there is: those that were chosen, in their order, and the rest to choose from. What no longer is stays a row.</summary>
    public static ChosenRows Of(
        ShapePlace at,
        string part,
        IEnumerable<string> chosen,
        IEnumerable<(string Id, string Name)> all,
        string addWords,
        string which,
        bool isOrdered = false,
        Func<string, string?>? note = null
    )
    {
        var known = all.ToList();
        var ids = chosen.ToList();
        return new ChosenRows(
            at,
            part,
            [
                .. ids.Select(id =>
                    (
                        id,
                        known.Where(one => one.Id == id).Select(one => one.Name).FirstOrDefault() ?? id,
                        note?.Invoke(id)
                    )
                ),
            ],
            [.. known.Where(one => !ids.Contains(one.Id))],
            addWords,
            which,
            isOrdered
        );
    }
}
