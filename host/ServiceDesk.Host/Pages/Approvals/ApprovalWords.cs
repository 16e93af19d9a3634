using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Approvals.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Pages.Approvals;

/// <summary>An approval policy in words: whom it asks, how many of them must approve, and in which order.</summary>
public sealed class ApprovalWords(ICurrentConfiguration configuration, IPeopleStore people, ITexts texts)
{
    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks up the names of people whom policies name by address.</summary>
    public async Task PrepareAsync(IEnumerable<ApprovalDocument> policies, CancellationToken cancellation)
    {
        var addresses = policies.SelectMany(policy =>
            policy.Steps.SelectMany(step => step.People).Concat(policy.Fallback?.People ?? [])
        );
        foreach (var address in addresses.Distinct(StringComparer.OrdinalIgnoreCase).Except(names.Keys))
        {
            if (await people.FindByEmailAsync(address, cancellation) is { } person)
            {
                names[address] = person.Name;
            }
        }
    }

    /// <summary>All steps in one sentence.</summary>
    public string Sentence(ApprovalDocument policy) =>
        string.Join(policy.Parallel ? " + " : " → ", policy.Steps.Select(Step));

    /// <summary>Whom a step asks and how many of them must approve.</summary>
    public string Step(ApproversRule step)
    {
        var who = Approver.Of(step);
        var list = string.Join(", ", who.Select(NameOf));
        var isOne = who is [{ Kind: not (Approver.Team or Approver.Role) }];
        var asked =
            who.Count == 0 ? texts["approvals.edit-nobody"]
            : isOne ? list
            : texts.Format(NeedKey(step.Needed), list, $"{step.Needed}");
        return step.Name?.ToString() is { Length: > 0 } name
            ? texts.Format("approvals.edit-step-named", name, asked)
            : asked;
    }

    /// <summary>Whom a word names.</summary>
    public string NameOf(Approver approver) =>
        approver.Kind switch
        {
            Approver.Person => names.GetValueOrDefault(approver.Name, approver.Name),
            Approver.Role => texts.Format("approvals.edit-who-role", Named<RoleDocument>(approver.Name)),
            Approver.Field => texts.Format("approvals.edit-who-field", Named<FieldDocument>(approver.Name)),
            _ => texts.Format($"approvals.edit-who-{approver.Kind}", approver.Name),
        };

    /// <summary>A stretch of time as people write it; empty for none.</summary>
    public static string Time(Duration? time) =>
        time is { } some
            ? DurationText.Format(
                some,
                CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
                DurationDays.Of24Hours,
                // All units, so that what is written is what is read.
                4
            )
            : "";

    private static string NeedKey(int? needed) =>
        needed switch
        {
            null => "approvals.edit-need-all",
            1 => "approvals.edit-need-one",
            _ => "approvals.edit-need-some",
        };

    private string Named<T>(string id)
        where T : ConfigurationDocument =>
        configuration.Snapshot.TryGet<T>(id, out var found) ? found.Name.ToString() : id;
}
