using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Approvals.Editing;

/// <summary>Reads an approval policy from its editor's form. Whom a choice names counts as chosen, also when its button was not pressed.</summary>
public sealed class ApprovalForm(IFormCollection form) : DocumentForm<ApprovalDocument>(form)
{
    /// <summary>One for each step, which goes along where the step goes, so that a page that is drawn anew takes its inputs along.</summary>
    public ValueList<string> Keys { get; private set; } = [];

    /// <inheritdoc/>
    public override ApprovalDocument Read()
    {
        var rest = Rest(Blank());
        Keys = Parts("step", "drawn", path => $"{Numbered(Text($"{path}.key"))}");
        return rest with
        {
            Id = Given("newId") ?? rest.Id,
            Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
            Steps = Parts("step", "drawn", path => Step(path, rest.Steps)),
            Fallback = Fallback(),
            Parallel = Text("order") == "parallel",
            ExpiresAfter = Time("expires"),
            RemindEvery = Time("remind"),
            AllowRequester = IsTicked("allowRequester"),
            CommentOnDecline = IsTicked("commentOnDecline"),
            CustomersSee = IsTicked("customersSee"),
            Shows = Chosen("shows"),
        };
    }

    /// <inheritdoc/>
    public override ApprovalDocument Apply(ApprovalDocument document, string? asked)
    {
        var words = (asked ?? "").Split('.', 3);
        Keys =
            words[0] == "add-step"
                ? Keys.Add($"{Keys.Select(Numbered).Append(-1).Max() + 1}")
                : Arranged(Keys, asked, "step");
        var step = Numbered(words.ElementAtOrDefault(1));
        return words[0] switch
        {
            "add-step" => document with { Steps = document.Steps.Add(new ApproversRule()) },
            "leave" when words.Length == 3 && step >= 0 && step < document.Steps.Count => document with
            {
                Steps = document.Steps.SetItem(step, Leaving(document.Steps[step], Approver.Parse(words[2]))),
            },
            "leave-fallback" => document with
            {
                Fallback = Approver.Fallback(
                    Approver
                        .Of(document.Fallback)
                        .Where(one => one != Approver.Parse(asked!["leave-fallback.".Length..]))
                ),
            },
            _ => document with
            {
                Steps = Arranged(document.Steps, asked, "step"),
                Shows = Arranged(document.Shows, asked, "shows"),
            },
        };
    }

    /// <summary>A policy with one step, in which nobody is asked yet.</summary>
    public static ApprovalDocument Blank() =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Steps = [new ApproversRule()],
        };

    /// <summary>An id for a new policy: of its English name.</summary>
    public static string IdFor(ApprovalDocument policy) => RuleIds.From(policy.Name.Texts.Find("en") ?? "", "approval");

    private ApproversRule Step(string path, ValueList<ApproversRule> before)
    {
        var drawn = Numbered(Text($"{path}.drawn"));
        var who = Many($"{path}.who").Append(Text($"{path}.add")).Where(one => one.Length > 0);
        return Approver.Step(who.Select(Approver.Parse)) with
        {
            Name = Words($"{path}.name", drawn >= 0 && drawn < before.Count ? before[drawn].Name : null),
            Needed = Number($"{path}.needed"),
        };
    }

    private FallbackApprovers? Fallback() =>
        Approver.Fallback(
            Many("fallback.who").Append(Text("fallback.add")).Where(one => one.Length > 0).Select(Approver.Parse)
        );

    private static ApproversRule Leaving(ApproversRule step, Approver gone) =>
        Approver.Step(Approver.Of(step).Where(one => one != gone)) with
        {
            Name = step.Name,
            Needed = step.Needed,
        };
}
