using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>Who would be asked: a command and its policy, with teams and roles resolved to the people that are in them now.</summary>
internal sealed record ApprovalPlan(
    LocalizedText Title,
    ValueList<ApprovalPlan.Step> Steps,
    bool Parallel,
    Duration? ExpiresAfter,
    Duration? RemindEvery,
    bool CommentOnDecline,
    bool CustomersSee
)
{
    private const int MostSteps = 20;
    private const int MostApprovers = 200;

    /// <summary>Reminders that come more often are noise.</summary>
    public static readonly Duration ShortestReminder = Duration.FromHours(1);

    /// <summary>A step; null needed is all.</summary>
    public sealed record Step(
        ValueList<PersonId> Approvers,
        int? Needed,
        LocalizedText? Name,
        ValueList<StandIn> StandIns
    );

    /// <summary>The plan, with every name that stands for nobody; null when the policy is unknown.</summary>
    public static (ApprovalPlan? Plan, ValueList<Refusal> Unknown) Of(TicketQuestion asked, RequestApproval command)
    {
        if (command.Policy is not { } id)
        {
            return ByHand(asked, command);
        }

        return asked.Configuration.TryGet<ApprovalDocument>(id, out var policy)
            ? ByPolicy(asked, command, policy)
            : (null, [Refusal.Invalid(RefusalCodes.ApprovalPolicyUnknown, "policy", TextRules.Shown(id))]);
    }

    /// <summary>Why it cannot be asked: nobody, too many, or fewer than are needed.</summary>
    public IEnumerable<Refusal?> Rules()
    {
        yield return Title
            .Texts.Values.Select(title => TextRules.Line(title, "title", required: true))
            .FirstOrDefault(wrong => wrong is not null);

        if (Steps.Count is 0 or > MostSteps)
        {
            yield return Refusal.Invalid(RefusalCodes.ApprovalSteps, "steps", Number(MostSteps));
        }

        foreach (var (index, step) in Steps.Index())
        {
            yield return step.Approvers.Count switch
            {
                > MostApprovers => Refusal.Invalid(
                    RefusalCodes.ApproversTooMany,
                    "steps",
                    Number(index + 1),
                    Number(MostApprovers)
                ),
                var count when count == 0 || count < step.Needed || step.Needed < 1 => Refusal.Invalid(
                    RefusalCodes.ApproversTooFew,
                    "steps",
                    Number(index + 1),
                    Number(count),
                    Number(step.Needed ?? 1)
                ),
                _ => null,
            };
            yield return step
                .Name?.Texts.Values.Select(name => TextRules.Line(name, "steps", required: true))
                .FirstOrDefault(wrong => wrong is not null);
        }

        if (ExpiresAfter is { } span && span <= Duration.Zero)
        {
            yield return Refusal.Invalid(RefusalCodes.ApprovalExpiry, "expiresAfter");
        }

        if (RemindEvery < ShortestReminder)
        {
            yield return Refusal.Invalid(RefusalCodes.ApprovalReminder, "remindEvery");
        }
    }

    /// <summary>The fact that it was asked.</summary>
    public ApprovalRequested Event(TicketQuestion asked, RequestApproval command) =>
        new(
            0,
            Title,
            command.Policy,
            Steps
                .Select(step => new ApprovalStep(step.Approvers, step.Needed ?? step.Approvers.Count, step.Name)
                {
                    StandIns = step.StandIns,
                })
                .ToValueList(),
            Parallel,
            ExpiresAfter is { } span ? asked.Now + span : null,
            CommentOnDecline,
            CustomersSee,
            command.ForStatus ? asked.Ticket.Status : null,
            command.WhenApproved,
            command.WhenDeclined
        )
        {
            ByCustomer = asked.Standing < Standing.Works,
            RemindEvery = RemindEvery,
        };

    private static (ApprovalPlan?, ValueList<Refusal>) ByHand(TicketQuestion asked, RequestApproval command)
    {
        var facts = asked.Facts;
        var unknown = command
            .Steps.SelectMany(step =>
                step.People.Where(id => facts.Find(id) is null)
                    .Select(id => Refusal.Invalid(RefusalCodes.PersonUnknown, "steps", id.ToString()))
                    .Concat(
                        step.Teams.Where(id => facts.Find(id) is null)
                            .Select(id => Refusal.Invalid(RefusalCodes.TeamUnknown, "steps", id.ToString()))
                    )
                    .Concat(UnknownRoles(asked, step.Roles))
            )
            .ToValueList();
        var steps = command.Steps.Select(step =>
            Made(
                asked,
                Resolved(asked, step.People.Select(facts.Find), step.Teams.Select(facts.Find), step.Roles),
                allowRequester: false,
                step.Needed,
                step.Name is { } name ? LocalizedText.Of(name.Trim()) : null
            )
        );
        return (
            new ApprovalPlan(
                LocalizedText.Of(command.Title.Trim()),
                steps.ToValueList(),
                command.Parallel,
                command.ExpiresAfter,
                command.RemindEvery,
                command.CommentOnDecline,
                command.CustomersSee
            ),
            unknown
        );
    }

    private static (ApprovalPlan?, ValueList<Refusal>) ByPolicy(
        TicketQuestion asked,
        RequestApproval command,
        ApprovalDocument policy
    )
    {
        var facts = asked.Facts;
        var unknown = policy
            .Steps.SelectMany(step =>
                step.People.Where(address => facts.FindByAddress(address) is null)
                    .Select(address =>
                        Refusal.Invalid(RefusalCodes.ApproverUnknown, "policy", TextRules.Shown(address))
                    )
                    .Concat(
                        step.Teams.Concat(step.Leads)
                            .Where(name => facts.FindTeam(name) is null)
                            .Select(name =>
                                Refusal.Invalid(RefusalCodes.ApproverUnknown, "policy", TextRules.Shown(name))
                            )
                    )
                    .Concat(UnknownRoles(asked, step.Roles))
            )
            .ToValueList();
        var steps = policy.Steps.Select(step =>
            Made(
                asked,
                Resolved(
                    asked,
                    [.. step.People.Select(facts.FindByAddress), .. Single(asked, step)],
                    step.Teams.Select(facts.FindTeam),
                    step.Roles
                ),
                policy.AllowRequester,
                step.Needed,
                step.Name
            )
        );
        var title = command.Title.Trim();
        return (
            new ApprovalPlan(
                title.Length > 0 ? LocalizedText.Of(title) : policy.Name,
                steps.ToValueList(),
                policy.Parallel,
                policy.ExpiresAfter,
                policy.RemindEvery,
                policy.CommentOnDecline,
                policy.CustomersSee
            ),
            unknown
        );
    }

    private static IEnumerable<Refusal> UnknownRoles(TicketQuestion asked, ValueList<string> roles) =>
        roles
            .Where(role => !asked.Configuration.TryGet<RoleDocument>(role, out _))
            .Select(role => Refusal.Invalid(RefusalCodes.RoleUnknown, "steps", TextRules.Shown(role)));

    // Leads of teams, the requester's manager, the organization's contact, people in fields: one each, or nobody.
    private static IEnumerable<Person?> Single(TicketQuestion asked, ApproversRule step)
    {
        var facts = asked.Facts;
        return step
            .Leads.Select(name => facts.FindTeam(name)?.Lead)
            .Append(step.Manager ? facts.Find(asked.Ticket.Requester)?.Manager : null)
            .Append(step.OrganizationContact ? ContactOf(asked) : null)
            .Concat(step.Fields.Select(field => (asked.Ticket.Fields.Find(field) as PersonValue)?.Person))
            .Select(id => id is { } known ? facts.Find(known) : null);
    }

    private static PersonId? ContactOf(TicketQuestion asked) =>
        asked.Ticket.Organization is { } id
        && asked.Facts.Find(id)?.Contact is { } contact
        && asked.Facts.Find(contact)?.Organizations.Contains(id) == true
            ? contact
            : null;

    // In the order in which they are named; who may no longer sign in could never answer.
    private static IEnumerable<Person> Resolved(
        TicketQuestion asked,
        IEnumerable<Person?> people,
        IEnumerable<Team?> teams,
        ValueList<string> roles
    ) =>
        people
            .OfType<Person>()
            .Concat(teams.OfType<Team>().SelectMany(team => asked.Facts.MembersOf(team)))
            .Concat(asked.Facts.People.Where(person => roles.Contains(person.Role)))
            .Where(person => person.IsActive)
            .DistinctBy(person => person.Id);

    // Who is absent is stood in for, unless the substitute is asked anyway; the requester is left out in either place.
    private static Step Made(
        TicketQuestion asked,
        IEnumerable<Person> resolved,
        bool allowRequester,
        int? needed,
        LocalizedText? name
    )
    {
        var people = resolved
            .Select(person => person.Id)
            .Where(person => allowRequester || person != asked.Ticket.Requester)
            .ToList();
        var standIns = new List<StandIn>();
        foreach (var absent in people.ToList())
        {
            if (
                asked.Facts.StandIns.FirstOrDefault(one => one.For == absent) is { } found
                && !people.Contains(found.Person)
                && (allowRequester || found.Person != asked.Ticket.Requester)
            )
            {
                people[people.IndexOf(absent)] = found.Person;
                standIns.Add(found);
            }
        }

        return new Step(people.ToValueList(), needed, name, standIns.ToValueList());
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
