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
    )
    {
        /// <summary>Whether those are asked whom the policy names for a step that has too few.</summary>
        public bool IsFallback { get; init; }

        /// <summary>Why whoever the policy names is nobody who could be asked.</summary>
        public ValueList<Refusal> Gaps { get; init; } = [];
    }

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
                var count when IsTooFew(step) => Refusal.Invalid(
                    RefusalCodes.ApproversTooFew,
                    "steps",
                    Number(index + 1),
                    Number(count),
                    Number(step.Needed ?? 1)
                ),
                _ => null,
            };
            foreach (var gap in IsTooFew(step) ? step.Gaps : [])
            {
                yield return gap;
            }

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

    private static bool IsTooFew(Step step) =>
        step.Approvers.Count == 0 || step.Approvers.Count < step.Needed || step.Needed < 1;

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
                    IsFallback = step.IsFallback,
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
        var fallback = FallbackOf(asked, policy);
        var unknown = new List<Refusal>();
        var steps = new List<Step>();
        foreach (var rule in policy.Steps)
        {
            var strangers = Unknown(asked, rule).ToList();
            var people = PeopleOf(asked, rule).ToList();
            var step = Made(asked, people, policy.AllowRequester, rule.Needed, rule.Name) with
            {
                Gaps = Gaps(asked, rule, policy).ToValueList(),
            };
            if (IsTooFew(step) && step.Needed is not < 1 && fallback.Count > 0)
            {
                var helped = Made(
                    asked,
                    people.Concat(fallback).DistinctBy(person => person.Id),
                    policy.AllowRequester,
                    // Where everybody was to approve who is not there, one who is asked instead is enough.
                    rule.Needed
                        ?? 1,
                    rule.Name
                );
                if (!IsTooFew(helped))
                {
                    steps.Add(helped with { IsFallback = true });
                    continue;
                }
            }

            unknown.AddRange(strangers);
            steps.Add(step);
        }

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
            unknown.ToValueList()
        );
    }

    private static List<Person> FallbackOf(TicketQuestion asked, ApprovalDocument policy) =>
        policy.Fallback is { } fallback
            ?
            [
                .. Resolved(
                    asked,
                    fallback.People.Select(asked.Facts.FindByAddress),
                    fallback.Teams.Select(asked.Facts.FindTeam),
                    fallback.Roles
                ),
            ]
            : [];

    private static IEnumerable<Person> PeopleOf(TicketQuestion asked, ApproversRule step) =>
        Resolved(
            asked,
            [.. step.People.Select(asked.Facts.FindByAddress), .. Single(asked, step)],
            step.Teams.Select(asked.Facts.FindTeam),
            step.Roles
        );

    private static IEnumerable<Refusal> Unknown(TicketQuestion asked, ApproversRule step) =>
        step
            .People.Where(address => asked.Facts.FindByAddress(address) is null)
            .Concat(step.Teams.Concat(step.Leads).Where(name => asked.Facts.FindTeam(name) is null))
            .Select(name => Refusal.Invalid(RefusalCodes.ApproverUnknown, "policy", TextRules.Shown(name)))
            .Concat(UnknownRoles(asked, step.Roles));

    // What is missing, said so that somebody can repair it: told only where a step has too few.
    private static IEnumerable<Refusal> Gaps(TicketQuestion asked, ApproversRule step, ApprovalDocument policy)
    {
        var facts = asked.Facts;
        foreach (var address in step.People.Where(one => facts.FindByAddress(one) is { IsActive: false }))
        {
            yield return Gap(RefusalCodes.ApproverInactive, address);
        }

        foreach (var name in step.Teams)
        {
            if (facts.FindTeam(name) is { } team && !facts.MembersOf(team).Any(person => person.IsActive))
            {
                yield return Gap(RefusalCodes.ApproverTeamEmpty, name);
            }
        }

        foreach (var name in step.Leads.Where(one => facts.FindTeam(one) is { } team && !IsThere(asked, team.Lead)))
        {
            yield return Gap(RefusalCodes.ApproverNoLead, name);
        }

        if (step.Manager && !IsThere(asked, facts.Find(asked.Ticket.Requester)?.Manager))
        {
            yield return Gap(
                RefusalCodes.ApproverNoManager,
                facts.Find(asked.Ticket.Requester)?.Name ?? asked.Ticket.Requester.ToString()
            );
        }

        if (step.OrganizationContact && !IsThere(asked, ContactOf(asked)))
        {
            yield return Gap(RefusalCodes.ApproverNoContact);
        }

        foreach (var field in step.Fields)
        {
            if (!IsThere(asked, (asked.Ticket.Fields.Find(field) as PersonValue)?.Person))
            {
                yield return Gap(RefusalCodes.ApproverFieldEmpty, field) with
                {
                    Field = $"fields.{field}",
                };
            }
        }

        foreach (var role in step.Roles)
        {
            if (!facts.People.Any(person => person.Role == role && person.IsActive))
            {
                yield return Gap(RefusalCodes.ApproverRoleEmpty, role);
            }
        }

        if (!policy.AllowRequester && PeopleOf(asked, step).Any(person => person.Id == asked.Ticket.Requester))
        {
            yield return Gap(RefusalCodes.ApproverRequester);
        }
    }

    private static Refusal Gap(string code, params ReadOnlySpan<string> arguments) =>
        Refusal.Invalid(code, "policy", [.. arguments.ToArray().Select(TextRules.Shown)]);

    private static bool IsThere(TicketQuestion asked, PersonId? person) =>
        person is { } id && asked.Facts.Find(id) is { IsActive: true };

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
