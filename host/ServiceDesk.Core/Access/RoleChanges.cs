using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Access;

/// <summary>Who has a role now.</summary>
/// <param name="Active">How many people who may sign in, if they can.</param>
/// <param name="Others">How many who no longer may.</param>
/// <param name="Invited">How many are invited to it.</param>
public sealed record RoleHolders(int Active, int Others, int Invited)
{
    /// <summary>How many of the active ones can sign in: they have an address and a password.</summary>
    public int SigningIn { get; init; }

    /// <summary>Nobody.</summary>
    public static RoleHolders None { get; } = new(0, 0, 0);

    /// <summary>How many people have it, whether they may sign in or not.</summary>
    public int People => Active + Others;

    /// <summary>The first of them by name; empty for who must not know them.</summary>
    public ValueList<string> Names { get; init; } = [];
}

/// <summary>What is looked up before roles are changed.</summary>
/// <param name="By">Who changes them; null for whoever has the machine: the command line, the product, a plugin.</param>
/// <param name="Known">Ids of the permissions that there are, those of plugins too that are only away.</param>
/// <param name="Holders">Who has which role, by its id.</param>
public sealed record RoleFacts(Viewer? By, IReadOnlySet<string> Known, IReadOnlyDictionary<string, RoleHolders> Holders)
{
    /// <summary>Who has the role.</summary>
    public RoleHolders Of(string role) => Holders.GetValueOrDefault(role, RoleHolders.None);
}

/// <summary>
/// Whether roles may change as somebody wants: nobody gives or takes what he may not himself, somebody is left who configures
/// and manages people, and no role goes that somebody has or is invited to.
/// </summary>
public static class RoleChanges
{
    /// <summary>Permissions that somebody must have: without them nobody could give any back.</summary>
    public static ValueList<string> Needed { get; } = [Permissions.Configure, Permissions.ManagePeople];

    /// <summary>The id of the role that always has them.</summary>
    public const string Administrator = "administrator";

    /// <summary>The problems of a change; none when no role changes.</summary>
    public static IEnumerable<ConfigurationProblem> Problems(
        IConfiguration before,
        IConfiguration after,
        RoleFacts facts
    ) =>
        [
            .. Unknown(before, after, facts),
            .. Reach(before, after, facts),
            .. Left(before, after, facts),
            .. Gone(before, after, facts),
        ];

    /// <summary>Whether somebody may give the permission to a role, or take it from one.</summary>
    /// <param name="configuration">As it is before.</param>
    /// <remarks>
    /// What no role gives would be lost for good, so whoever configures and manages people may give it, if the own role has it
    /// then too: else it could neither be taken back nor given again.
    /// </remarks>
    public static bool MayHandOut(Viewer by, string permission, IConfiguration configuration) =>
        by.May(permission)
        || (
            Needed.All(by.May) && configuration.All<RoleDocument>().All(role => !role.Permissions.Contains(permission))
        );

    // What a role has already is left alone: its plugin may be away for a while.
    private static IEnumerable<ConfigurationProblem> Unknown(
        IConfiguration before,
        IConfiguration after,
        RoleFacts facts
    ) =>
        from role in after.All<RoleDocument>()
        let had = Of(before, role.Id)
        from entry in role.Permissions.Index()
        where !facts.Known.Contains(entry.Item) && !had.Contains(entry.Item)
        select At(role.Id, $"/permissions/{entry.Index}", "configuration.no-such-permission", entry.Item);

    private static IEnumerable<ConfigurationProblem> Reach(IConfiguration before, IConfiguration after, RoleFacts facts)
    {
        if (facts.By is not { } by)
        {
            yield break;
        }

        foreach (var role in after.All<RoleDocument>())
        {
            var had = Of(before, role.Id);
            foreach (var (place, permission) in role.Permissions.Index())
            {
                if (had.Contains(permission) || by.May(permission) || !facts.Known.Contains(permission))
                {
                    continue;
                }

                if (!MayHandOut(by, permission, before))
                {
                    yield return At(role.Id, $"/permissions/{place}", "configuration.role-gives-more", permission);
                }
                else if (!Of(after, by.Person.Role).Contains(permission))
                {
                    yield return At(role.Id, $"/permissions/{place}", "configuration.role-gives-first", permission);
                }
            }
        }

        // One that no plugin brings any longer gives nothing, and may always go.
        foreach (var role in before.All<RoleDocument>())
        {
            var kept = Of(after, role.Id);
            foreach (var permission in role.Permissions.Where(facts.Known.Contains))
            {
                if (!kept.Contains(permission) && !by.May(permission))
                {
                    yield return At(role.Id, "/permissions", "configuration.role-takes-more", permission);
                }
            }
        }
    }

    private static IEnumerable<ConfigurationProblem> Left(
        IConfiguration before,
        IConfiguration after,
        RoleFacts facts
    ) =>
        from permission in Needed
        where IsHeld(before, permission, facts) && !IsHeld(after, permission, facts)
        from role in before.All<RoleDocument>()
        where role.Permissions.Contains(permission) && !Of(after, role.Id).Contains(permission)
        select At(role.Id, "/permissions", "configuration.role-leaves-nobody", permission);

    private static IEnumerable<ConfigurationProblem> Gone(IConfiguration before, IConfiguration after, RoleFacts facts)
    {
        foreach (var role in before.All<RoleDocument>().Where(role => !after.TryGet<RoleDocument>(role.Id, out _)))
        {
            var holders = facts.Of(role.Id);
            if (holders.People > 0)
            {
                yield return holders.Names.Count == 0
                    ? At(role.Id, "", "configuration.role-held", role.Id, $"{holders.People}")
                    : At(
                        role.Id,
                        "",
                        "configuration.role-held-by",
                        role.Id,
                        $"{holders.People}",
                        string.Join(", ", holders.Names) + (holders.Names.Count < holders.People ? " …" : "")
                    );
            }

            if (holders.Invited > 0)
            {
                yield return At(role.Id, "", "configuration.role-invited", role.Id, $"{holders.Invited}");
            }
        }
    }

    private static bool IsHeld(IConfiguration configuration, string permission, RoleFacts facts) =>
        configuration
            .All<RoleDocument>()
            .Any(role => role.Permissions.Contains(permission) && facts.Of(role.Id).SigningIn > 0);

    private static ValueList<string> Of(IConfiguration configuration, string role) =>
        configuration.TryGet<RoleDocument>(role, out var found) ? found.Permissions : [];

    private static ConfigurationProblem At(
        string role,
        string path,
        string code,
        params ReadOnlySpan<string> arguments
    ) => new(DocumentKinds.Role, role, DocumentProblem.At(path, code, arguments));
}
