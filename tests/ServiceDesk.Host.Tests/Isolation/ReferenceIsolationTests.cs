using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Whoever names a person or team by number, whom one may not look up, gets the answer for one that does not exist.</summary>
public sealed class ReferenceIsolationTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    private const long Nobody = 987_654;
    private static readonly JsonSerializerOptions AsItIs = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task A_stranger_s_number_is_like_no_number_at_all()
    {
        var strangers = 0;
        foreach (var member in world.Members)
        {
            var nobody = await AskAsync(member, "requester", Nobody);
            foreach (var other in world.Members.Where(other => !Knows(member, other)))
            {
                strangers++;
                var id = other.Person.Id.Value;
                Assert.Equal(Told(nobody, Nobody), Told(await AskAsync(member, "requester", id), id));
                Assert.Equal(Told(nobody, Nobody), Told(await AskAsync(member, "requester", $"{id}"), id));
                Assert.Equal(
                    Told(await AskAsync(member, "assignee", Nobody), Nobody),
                    Told(await AskAsync(member, "assignee", id), id)
                );
            }

            foreach (var other in world.Members.Where(other => Knows(member, other)))
            {
                var answer = await AskAsync(member, "requester", other.Person.Id.Value);
                Assert.DoesNotContain("api.person-unknown", Codes(answer));
            }
        }

        Assert.NotEqual(0, strangers);
    }

    [Fact]
    public async Task Who_works_on_no_desk_knows_no_team()
    {
        var people = world.Get<IPeopleStore>();
        var team = (await people.FindTeamAsync(world.TeamOf("ITSD")))!;
        foreach (var member in world.Members)
        {
            var named = await AskAsync(member, "team", team.Name);
            var numbered = await AskAsync(member, "team", team.Id.Value);
            var knows = member.IsAgent || member.ManagesPeople;

            Assert.Equal(!knows, Codes(named).Contains("api.team-unknown"));
            Assert.Equal(!knows, Codes(numbered).Contains("api.team-unknown"));
            Assert.Contains("api.team-unknown", Codes(await AskAsync(member, "team", Nobody)));
            if (!knows)
            {
                Assert.Equal(Told(await AskAsync(member, "team", Nobody), Nobody), Told(numbered, team.Id.Value));
            }
        }
    }

    // Without a summary nothing is opened, whoever is named.
    private static async Task<JsonNode> AskAsync(Member member, string name, object value)
    {
        using var answer = await member.Api.PostAsync(
            "/api/v1/tickets",
            new Dictionary<string, object>
            {
                ["desk"] = member.WorksAt.Count > 0 ? member.WorksAt[0].Key : "ITSD",
                ["type"] = "incident",
                ["summary"] = "",
                [name] = value,
            }
        );
        Assert.InRange((int)answer.StatusCode, 400, 499);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static string Told(JsonNode problem, long number) =>
        problem.ToJsonString(AsItIs).Replace($"“{number}”", "“NUMBER”", StringComparison.Ordinal);

    private static IReadOnlyList<string?> Codes(JsonNode problem) =>
        [.. (problem["errors"]?.AsArray() ?? []).Select(error => (string?)error!["code"])];

    private static bool Knows(Member member, Member other) =>
        member == other
        || member.ManagesPeople
        || (member.IsAgent && (other.IsAgent || member.WorksAt.Any(desk => desk.Serves(other))))
        || (member.Firm is { } firm && other.Firm == firm);
}
