using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Configuration;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Access;

/// <summary>Nobody lifts anybody over himself by a role, somebody is left who can give rights back, and no role goes that somebody has.</summary>
public sealed class RoleChangesTests
{
    private static readonly ConfigurationSnapshot Before = ConfigurationSnapshot.Of(
        1,
        Shown.Role("administrator", Permissions.Configure, Permissions.ManagePeople, Permissions.WorkTickets),
        Shown.Role("boss", Permissions.Configure, Permissions.ManagePeople),
        Shown.Role("editor", Permissions.Configure),
        Shown.Role("agent", Permissions.WorkTickets, "gone.plugin"),
        Shown.Role("idle")
    );

    private static readonly Dictionary<string, RoleHolders> Held = new(StringComparer.Ordinal)
    {
        ["administrator"] = new(1, 0, 0),
        ["boss"] = new(1, 2, 0) { SigningIn = 1 },
        ["editor"] = new(1, 0, 0) { SigningIn = 1 },
        ["agent"] = new(3, 0, 1) { SigningIn = 3, Names = ["Ada", "Bea"] },
    };

    [Fact]
    public void Nobody_gives_what_he_does_not_have_himself()
    {
        var lifted = Before.With(Shown.Role("editor", Permissions.Configure, Permissions.ManagePeople));

        Assert.Equal(
            [("editor", "/permissions/1", "configuration.role-gives-more", Permissions.ManagePeople)],
            Told(lifted, "editor")
        );
        Assert.Empty(Told(lifted, "boss"));
        Assert.Empty(Told(lifted, null));
        Assert.Equal(
            ["/permissions/0", "/permissions/1"],
            Told(Before.With(Shown.Role("new", Permissions.ManagePeople, Permissions.WorkTickets)), "editor")
                .Select(told => told.Path)
        );
    }

    [Fact]
    public void Nobody_takes_what_he_does_not_have_himself_but_what_there_no_longer_is()
    {
        Assert.Equal(
            [("boss", "/permissions", "configuration.role-takes-more", Permissions.ManagePeople)],
            Told(Before.With(Shown.Role("boss", Permissions.Configure)), "editor")
                .Where(told => told.Code == "configuration.role-takes-more")
        );
        Assert.Empty(Told(Before.With(Shown.Role("agent", Permissions.WorkTickets)), "editor"));
        Assert.Equal(
            "configuration.role-takes-more",
            Told(Before.With(Shown.Role("agent", "gone.plugin")), "editor").Single().Code
        );
        Assert.Empty(
            Told(Before.With(Before.All<RoleDocument>()[0] with { Name = LocalizedText.Of("Other") }), "editor")
        );
    }

    [Fact]
    public void A_permission_of_a_plugin_that_is_gone_or_away_stays_where_it_is()
    {
        Assert.Empty(Told(Before.With(Shown.Role("agent", "gone.plugin", Permissions.WorkTickets)), null));
        Assert.Equal(
            [("idle", "/permissions/0", "configuration.no-such-permission", "gone.plugin")],
            Told(Before.With(Shown.Role("idle", "gone.plugin")), null)
        );
        Assert.Equal(
            [("idle", "/permissions/0", "configuration.no-such-permission", "typing.error")],
            Told(Before.With(Shown.Role("idle", "typing.error")), "boss")
        );
        // Of one that is only away, as of one that works.
        var away = Permissions.All.Append("gone.plugin").ToHashSet(StringComparer.Ordinal);
        var taken = new RoleFacts(By("boss"), away, Held);
        Assert.Equal(
            "configuration.role-takes-more",
            RoleChanges
                .Problems(Before, Before.With(Shown.Role("agent", Permissions.WorkTickets)), taken)
                .Single()
                .Problem.Code
        );
    }

    [Fact]
    public void What_no_role_gives_is_given_by_who_configures_and_manages_people()
    {
        var given = Before.With(Shown.Role("idle", Permissions.Redact));
        var own = Before.With(Shown.Role("boss", Permissions.Configure, Permissions.ManagePeople, Permissions.Redact));

        Assert.Equal("configuration.role-gives-more", Assert.Single(Told(given, "editor")).Code);
        // Not before the own role has it, in the same change or before: it could not be taken back.
        Assert.Equal(
            [("idle", "/permissions/0", "configuration.role-gives-first", Permissions.Redact)],
            Told(given, "boss")
        );
        Assert.Empty(Told(own, "boss"));
        Assert.Empty(Told(own.With(Shown.Role("idle", Permissions.Redact)), "boss"));
        Assert.Single(Told(Before.With(Shown.Role("idle", Permissions.WorkTickets)), "boss"));
    }

    [Fact]
    public void Somebody_who_can_sign_in_is_left_who_configures_and_manages_people()
    {
        // The administrator has no password, so that the boss is the last one who can sign in.
        Assert.Equal(
            [("boss", "/permissions", "configuration.role-leaves-nobody", Permissions.ManagePeople)],
            Told(Before.With(Shown.Role("boss", Permissions.Configure)), "boss")
        );
        Assert.Equal(
            [("boss", "/permissions", "configuration.role-leaves-nobody", Permissions.ManagePeople)],
            Told(Before.With(Shown.Role("boss", Permissions.Configure)), null)
        );
        Assert.Empty(Told(Before.With(Shown.Role("boss", Permissions.ManagePeople)), "boss"));
        var handedOver = Before
            .With(Shown.Role("boss", Permissions.Configure))
            .With(Shown.Role("editor", Permissions.Configure, Permissions.ManagePeople));
        Assert.Empty(Told(handedOver, "boss"));
    }

    [Fact]
    public void A_role_that_people_have_or_are_invited_to_stays_and_says_who()
    {
        var gone = Problems(Before.Without<RoleDocument>("agent"), null);

        Assert.Equal(
            [
                DocumentProblem.At("", "configuration.role-held-by", "agent", "3", "Ada, Bea …"),
                DocumentProblem.At("", "configuration.role-invited", "agent", "1"),
            ],
            gone.Select(found => found.Problem)
        );
        Assert.Contains(
            DocumentProblem.At("", "configuration.role-held", "boss", "3"),
            Problems(Before.Without<RoleDocument>("boss"), null).Select(found => found.Problem)
        );
        Assert.Empty(Problems(Before.Without<RoleDocument>("idle"), "boss"));
    }

    [Fact]
    public void What_follows_for_people_is_told_and_what_one_cannot_give_back_oneself()
    {
        var (before, after) = (Role("boss"), Shown.Role("boss", Permissions.Configure, Permissions.WorkTickets));
        var follows = RoleConsequences.Of(before, after, By("boss")!, Before.With(after));

        Assert.Equal([Permissions.WorkTickets], follows.Given);
        Assert.Equal([Permissions.ManagePeople], follows.Taken);
        Assert.Equal([Permissions.ManagePeople], follows.Own);
        Assert.Equal([Permissions.ManagePeople], follows.Lost);
        Assert.True(follows is { BeginsWork: true, EndsWork: false, IsNone: false });

        var others = RoleConsequences.Of(Role("agent"), Shown.Role("agent"), By("boss")!, Before);
        Assert.Empty(others.Own);
        Assert.True(others.EndsWork);
        Assert.True(RoleConsequences.Of(before, before, By("boss")!, Before).IsNone);

        // What only the own role gave can be given back.
        var with = Before.With(Shown.Role("boss", [.. before.Permissions, Permissions.Redact]));
        var without = RoleConsequences.Of(Redacting(with), before, By("boss")!, Before);
        Assert.Equal([Permissions.Redact], without.Own);
        Assert.Empty(without.Lost);
    }

    [Fact]
    public void No_change_that_is_let_through_gives_anybody_more_than_its_author_may() =>
        Prop.ForAll(
                (
                    from author in Gen.Elements("administrator", "boss", "editor", "agent", "idle")
                    from agents in Gen.Elements(true, false).ArrayOf(Permissions.All.Count)
                    from idle in Gen.Elements(true, false).ArrayOf(Permissions.All.Count)
                    select (author, agents, idle)
                ).ToArbitrary(),
                wanted =>
                {
                    var after = Before.With(Ticked("agent", wanted.agents)).With(Ticked("idle", wanted.idle));
                    var given = after
                        .All<RoleDocument>()
                        .SelectMany(role => role.Permissions.Except(Role(role.Id).Permissions));
                    return Told(after, wanted.author).Count > 0
                        || given.All(permission => RoleChanges.MayHandOut(By(wanted.author)!, permission, Before));
                }
            )
            .Check(Config.QuickThrowOnFailure);

    private static RoleDocument Ticked(string id, bool[] ticks) =>
        Shown.Role(id, [.. Permissions.All.Where((_, place) => ticks[place])]);

    private static RoleDocument Redacting(IConfiguration configuration) =>
        configuration.TryGet<RoleDocument>("boss", out var role) ? role : throw new InvalidOperationException();

    private static RoleDocument Role(string id) =>
        Before.TryGet<RoleDocument>(id, out var role) ? role : throw new InvalidOperationException(id);

    private static Viewer? By(string? role) =>
        role is null
            ? null
            : Company.ViewerOf(Company.Alice) with
            {
                Person = Company.Alice with { Role = role },
                Permissions = Role(role).Permissions,
            };

    private static IReadOnlyList<ConfigurationProblem> Problems(ConfigurationSnapshot after, string? by) =>
        [
            .. RoleChanges.Problems(
                Before,
                after,
                new RoleFacts(By(by), Permissions.All.ToHashSet(StringComparer.Ordinal), Held)
            ),
        ];

    private static IReadOnlyList<(string Role, string Path, string Code, string Permission)> Told(
        ConfigurationSnapshot after,
        string? by
    ) =>
        [
            .. Problems(after, by)
                .Select(found => (found.Id, found.Problem.Path, found.Problem.Code, found.Problem.Arguments[0])),
        ];
}
