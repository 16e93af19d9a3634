using System.Net;
using NodaTime;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>Which policy a ticket gets by whence it came, through the real query language on the whole product.</summary>
public sealed class PolicyChoiceTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Fact]
    public async Task A_policy_is_chosen_by_the_region_of_the_organization_and_by_the_language_of_the_requester()
    {
        await PutAsync("whence-emea", 1, "region = EMEA", 2);
        await PutAsync("whence-ko", 2, "language = ko", 3);
        await PutAsync("whence-rest", 3, "", 4);
        var people = company.Get<IPeopleStore>();
        var paris = await people.CreateOrganizationAsync("paris", "Paris", membersSeeEachOther: false, "emea");
        var seoul = await people.CreateOrganizationAsync("seoul", "Seoul", membersSeeEachOther: false, "APAC");

        var french = await PersonAsync("francoise", "en", paris);
        var koreanInParis = await PersonAsync("bora", "ko", paris);
        var korean = await PersonAsync("minji", "ko", seoul);
        var english = await PersonAsync("emma", "en", seoul);

        Assert.Equal(("whence-emea", Duration.FromHours(2)), await ChosenAsync(french));
        Assert.Equal(("whence-emea", Duration.FromHours(2)), await ChosenAsync(koreanInParis));
        Assert.Equal(("whence-ko", Duration.FromHours(3)), await ChosenAsync(korean));
        Assert.Equal(("whence-rest", Duration.FromHours(4)), await ChosenAsync(english));

        // What the person and the organization say later changes no promise that was made.
        var opened = await OpenAsync(korean);
        await people.UpdateAsync(korean.Id, new PersonChange { Language = "en" });
        await company
            .Get<ITicketGrains>()
            .SendAsync(opened, new CommandEnvelope(new SetPriority(Priority.Low), Actor.System));
        Assert.Equal("whence-ko", (await ClockAsync(opened)).Policy.Id);
    }

    private async Task PutAsync(string id, int order, string query, int hours)
    {
        var policy = new
        {
            name = id,
            query,
            order,
            metrics = new[]
            {
                new
                {
                    id = "whence",
                    name = "Whence",
                    start = new[] { new { on = "opened" } },
                    stop = new[] { new { on = "resolved" } },
                    goals = new[] { new { target = $"PT{hours}H", calendar = "24x7" } },
                },
            },
        };
        await company
            .AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, $"/api/v1/configuration/sla-policy/{id}", policy))
            .OkAsync(HttpStatusCode.Created);
    }

    private Task<Person> PersonAsync(string name, string language, Organization organization) =>
        company
            .Get<IPeopleStore>()
            .CreateAsync(
                new NewPerson(name, $"{name}@example.test", "customer")
                {
                    Language = language,
                    Organizations = [organization.Id],
                }
            );

    private async Task<TicketId> OpenAsync(Person requester)
    {
        var command = new OpenTicket(
            "ITSD",
            "incident",
            null,
            "Whence",
            "",
            requester.Id,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            Channel.Api
        );
        var answer = await company.Get<ITicketGrains>().OpenAsync(new CommandEnvelope(command, Actor.System));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State.Id;
    }

    private async Task<(string Policy, Duration Target)> ChosenAsync(Person requester)
    {
        var clock = await ClockAsync(await OpenAsync(requester));
        return (clock.Policy.Id, clock.Target);
    }

    private async Task<ServiceDesk.Sdk.Sla.SlaClock> ClockAsync(TicketId ticket) =>
        (await company.Get<ITicketGrains>().GetAsync(ticket))!.Clocks.Single(one => one.Metric == "whence");
}
