using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Host.Api.Approvals;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>Approvals among the methods of a ticket.</summary>
public sealed class Approving(ReferenceReader references, IPeople people)
{
    private static readonly ScriptType Step = ScriptType.ObjectOf(
        new("name", ScriptType.TextUpTo(255), IsOptional: true),
        new("people", ScriptType.ListOf(Words.Person), IsOptional: true),
        new("teams", ScriptType.ListOf(Words.Team), IsOptional: true),
        new("roles", ScriptType.ListOf(ScriptType.TextUpTo(60)), IsOptional: true),
        new("needed", ScriptType.Number, IsOptional: true)
    );

    /// <summary>What asks: a policy by its id, or steps.</summary>
    internal static ScriptType Request { get; } =
        ScriptType.ObjectOf(
            new("policy", ScriptType.TextUpTo(60), IsOptional: true),
            new("title", ScriptType.TextUpTo(255), IsOptional: true),
            new("steps", ScriptType.ListOf(Step), IsOptional: true),
            new("parallel", ScriptType.Flag, IsOptional: true),
            new("expiresAfterMinutes", ScriptType.Number, IsOptional: true),
            new("remindEveryMinutes", ScriptType.Number, IsOptional: true),
            new("commentOnDecline", ScriptType.Flag, IsOptional: true),
            new("customersSee", ScriptType.Flag, IsOptional: true),
            new("forStatus", ScriptType.Flag, IsOptional: true),
            new("whenApproved", ScriptType.TextUpTo(60), IsOptional: true),
            new("whenDeclined", ScriptType.TextUpTo(60), IsOptional: true)
        );

    internal static WithdrawApproval Withdraw(ScriptCall call) => new(Id(call), call.Argument(2)?.GetString());

    internal async Task<TicketCommand> AskAsync(ScriptCall call, CancellationToken cancellation)
    {
        var asked = call.Argument(1)!.Value;
        var steps = new List<ApproversAsked>();
        foreach (var step in Items(asked, "steps"))
        {
            steps.Add(await StepAsync(call, step, cancellation));
        }

        return new RequestApproval
        {
            Title = asked.TextOf("title") ?? "",
            Policy = asked.TextOf("policy"),
            Steps = steps.ToValueList(),
            Parallel = Flag(asked, "parallel"),
            ExpiresAfter = asked.Find("expiresAfterMinutes") is { } minutes ? After(minutes) : null,
            RemindEvery = asked.Find("remindEveryMinutes") is { } between ? After(between) : null,
            CommentOnDecline = Flag(asked, "commentOnDecline"),
            CustomersSee = Flag(asked, "customersSee"),
            ForStatus = Flag(asked, "forStatus"),
            WhenApproved = asked.TextOf("whenApproved"),
            WhenDeclined = asked.TextOf("whenDeclined"),
        };
    }

    /// <summary>The approvals that the script's person may see, as the API shows them.</summary>
    internal async Task<JsonNode?> ListAsync(ScriptCall call, CancellationToken cancellation)
    {
        var ticket = (await call.TicketAsync(call.Text(0), cancellation)).State;
        var visible = ApprovalAccess.Visible(call.Viewer, ticket).ToList();
        return Describing.Shown(await ApprovalBody.ShowAsync(people, call.Viewer, ticket, visible, cancellation));
    }

    private async Task<ApproversAsked> StepAsync(ScriptCall call, JsonElement step, CancellationToken cancellation)
    {
        var (persons, teams) = (new List<PersonId>(), new List<TeamId>());
        foreach (var person in Items(step, "people"))
        {
            persons.Add(await references.PersonAsync(call.Viewer, person, "steps", cancellation));
        }

        foreach (var team in Items(step, "teams"))
        {
            teams.Add(await references.TeamAsync(call.Viewer, team, "steps", cancellation));
        }

        return new ApproversAsked(
            persons.ToValueList(),
            teams.ToValueList(),
            Items(step, "roles").Select(role => role.GetString()!).ToValueList(),
            step.Find("needed") is { } needed ? Whole(needed) : null,
            step.TextOf("name")
        );
    }

    private static IEnumerable<JsonElement> Items(JsonElement value, string name) =>
        value.Find(name)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    private static bool Flag(JsonElement value, string name) => value.Find(name)?.GetBoolean() ?? false;

    // Numbers that are no whole ones are none that an approval has: it is unknown, or refused by its decision.
    private static long Id(ScriptCall call) => call.Argument(1)!.Value.TryGetInt64(out var id) ? id : 0;

    private static int Whole(JsonElement number) => number.TryGetInt32(out var whole) ? whole : 0;

    private static Duration After(JsonElement minutes) =>
        minutes.TryGetDouble(out var count) && double.IsFinite(count)
            ? Duration.FromMinutes(Math.Clamp(count, 0, 60L * 24 * 3650))
            : Duration.Zero;
}
