using System.Security.Cryptography;
using System.Text;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Configuration.Names;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Staffing;

/// <summary>
/// The one door through which a team gets another name and a person another address: the documents that name them are rewritten
/// in the same transaction, as one revision, once somebody has seen which.
/// </summary>
public sealed class Renames(ConfigurationWriter writer, ConfigurationCache configuration, NameChanges names)
{
    /// <summary>What a change of a name would do.</summary>
    public RenamePlan Plan(NameChange change) => Plan(configuration.Snapshot, change);

    /// <summary>Renames a team.</summary>
    /// <param name="seen">The <see cref="RenamePlan.Tag"/> of the plan that somebody agreed to; null for none.</param>
    /// <returns>Null when it was done; else the plan to be seen first.</returns>
    /// <exception cref="PeopleConflictException">The name is another team's.</exception>
    public Task<RenamePlan?> RenameAsync(
        Team team,
        string name,
        string? seen,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var change = new NameChange(NamedThing.Team, team.Name, name);
        return ApplyAsync(change, new TeamNaming(team.Id, team.Name, name, Own(change)), seen, by, cancellation);
    }

    /// <summary>Changes a person together with the address.</summary>
    /// <inheritdoc cref="RenameAsync"/>
    public Task<RenamePlan?> ReaddressAsync(
        Person person,
        PersonChange to,
        string? seen,
        PersonId by,
        CancellationToken cancellation
    )
    {
        var change = new NameChange(NamedThing.Person, person.Email, to.Email ?? person.Email);
        return ApplyAsync(change, new PersonNaming(person.Id, person.Email, to, Own(change)), seen, by, cancellation);
    }

    private async Task<RenamePlan?> ApplyAsync(
        NameChange change,
        Naming naming,
        string? seen,
        PersonId by,
        CancellationToken cancellation
    )
    {
        RenamePlan? shown = null;
        var outcome = await writer.WriteAsync(
            before =>
            {
                // Of the configuration as it is when it is written: what came in between is rewritten too, once it was seen.
                var plan = Plan(before, change);
                var isAgreed = plan.Refusal is null && (plan.IsEmpty || plan.Tag == seen);
                shown = isAgreed
                    ? null
                    : plan with
                    {
                        ChangedMeanwhile = !string.IsNullOrEmpty(seen) && seen != plan.Tag,
                    };
                return isAgreed
                    ? ([.. plan.Documents.Select(Difference)], null)
                    : ([], new ConfigurationOutcome(ConfigurationStatus.Conflict, before.Revision, [], []));
            },
            naming,
            new ConfigurationAuthor(by, null, $"{change.From} → {change.To}")
            {
                OnlyRenames = true,
                // Versions that running clocks pinned name the old one, and would find it nowhere.
                RunningClocks = ChangeoverMode.KeepElapsed,
            },
            cancellation
        );
        return outcome.Status switch
        {
            ConfigurationStatus.Written or ConfigurationStatus.Unchanged => null,
            ConfigurationStatus.Invalid => Plan(change) with { Refusal = RenameRefusal.Invalid },
            _ => shown ?? Plan(change) with { ChangedMeanwhile = true },
        };
    }

    // An address that is taken away leaves nothing to put in its place.
    private OwnRenaming Own(NameChange change) =>
        change.To.Length == 0
            ? new(query => query, macro => macro)
            : new(
                query => names.InQuery(query, change, configuration.Snapshot),
                macro => names.InOwn(DocumentKinds.Macro, macro, change, configuration.Snapshot)
            );

    private RenamePlan Plan(ConfigurationSnapshot snapshot, NameChange change)
    {
        var documents = change.From == change.To ? [] : names.In(snapshot, change);
        return new RenamePlan(
            documents,
            NameChanges.Scripts(snapshot, change),
            // What already names the new one meant nobody until now.
            change.To.Length == 0
            || IsSame(change)
                ? []
                :
                [
                    .. names
                        .In(snapshot, new(change.Thing, change.To, change.From))
                        .Select(one => one.Before)
                        .Except(documents.Select(one => one.Before)),
                ]
        )
        {
            Refusal =
                documents.Count == 0 ? null
                : change.To.Length == 0 ? RenameRefusal.Empty
                : documents.Any(one => one.After is null) ? RenameRefusal.Invalid
                : null,
        };
    }

    // Documents tell teams by every letter, people's addresses by their letters alone.
    private static bool IsSame(NameChange change) =>
        change.Thing == NamedThing.Person && string.Equals(change.From, change.To, StringComparison.OrdinalIgnoreCase);

    private static DocumentDifference Difference(RenamedDocument one) =>
        new(DifferenceKind.Changed, DocumentTypes.KindOf(one.Before), one.Before.Id, one.Before, one.After);
}

/// <summary>Why a name cannot be changed as long as documents have it.</summary>
public enum RenameRefusal
{
    /// <summary>There is no name to put in its place.</summary>
    Empty = 1,

    /// <summary>A document would be wrong with the new one.</summary>
    Invalid = 2,
}

/// <summary>What a change of a name would do.</summary>
/// <param name="Documents">Those that would be rewritten.</param>
/// <param name="Scripts">Those that name it in their source, which nobody rewrites.</param>
/// <param name="Taken">Those that name the new one already, and would mean it from then on.</param>
public sealed record RenamePlan(
    IReadOnlyList<RenamedDocument> Documents,
    IReadOnlyList<ScriptDocument> Scripts,
    IReadOnlyList<ConfigurationDocument> Taken
)
{
    /// <summary>Whether there is nothing to see before it is done.</summary>
    public bool IsEmpty => Documents.Count + Scripts.Count + Taken.Count == 0;

    /// <summary>Why it cannot be done; null when it can.</summary>
    public RenameRefusal? Refusal { get; init; }

    /// <summary>Whether somebody agreed to another plan, because documents were changed since.</summary>
    public bool ChangedMeanwhile { get; init; }

    /// <summary>Which documents it is about, for whoever agrees to it.</summary>
    public string Tag { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        Documents
                            .Select(one => $"{NameOf(one.Before)} {string.Join(' ', one.Places)}")
                            .Concat(Scripts.Select(NameOf))
                            .Concat(Taken.Select(one => $"! {NameOf(one)}"))
                    )
                )
            )
        )[..16];

    private static string NameOf(ConfigurationDocument document) => $"{DocumentTypes.KindOf(document)}/{document.Id}";
}
