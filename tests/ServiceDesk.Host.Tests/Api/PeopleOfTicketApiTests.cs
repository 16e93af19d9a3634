using System.Net;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Api;

/// <summary>Participants, watching and moving over REST.</summary>
[Collection(CompanyTests.Name)]
public class PeopleOfTicketApiTests(SmallCompany company)
{
    [Fact]
    public async Task A_person_takes_part_by_address_and_no_longer_by_number()
    {
        var path = await company.OpenAsync("Who is with us");

        var with = await company
            .AsAgent.PostAsync($"{path}/participants", new { person = "lee.colleague@example.com" })
            .OkAsync();
        Assert.Equal(company.Colleague.Id.Value, (long)Assert.Single(with["participants"]!.AsArray())!["id"]!);

        var without = await company.AsAgent.DeleteAsync($"{path}/participants/{company.Colleague.Id}").OkAsync();
        Assert.Empty(without["participants"]!.AsArray());
    }

    [Fact]
    public async Task Whom_one_does_not_know_cannot_be_named_and_a_body_without_a_person_is_told()
    {
        var path = await company.OpenAsync("Who is with us");

        await company
            .AsCustomer.PostAsync($"{path}/participants", new { person = company.Stranger.Id.Value })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await company
            .AsAgent.PostAsync($"{path}/participants", new { })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "api.person-missing");
        await company
            .AsStranger.PostAsync($"{path}/participants", new { person = company.Stranger.Id.Value })
            .ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_watches_for_oneself_and_stops()
    {
        var path = await company.OpenAsync("Who is with us");

        await company.AsAgent.PutAsync($"{path}/watch", null).OkAsync();
        await company.AsAgent.DeleteAsync($"{path}/watch").OkAsync();

        var history = await company.AsAgent.GetAsync($"{path}/history").OkAsync();
        Assert.Equal(
            2,
            history["items"]!
                .AsArray()
                .Count(item => ((string)item!["event"]!).Contains("watch", StringComparison.Ordinal))
        );
        await company
            .AsStranger.SendAsync(Answers.Request(HttpMethod.Put, $"{path}/watch", null))
            .ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_move_to_a_desk_that_there_is_not_is_refused_and_changes_nothing()
    {
        var path = await company.OpenAsync("Who is with us");
        var before = await company.AsAgent.GetAsync(path).OkAsync();

        await company
            .AsAdmin.PostAsync($"{path}/move", new { desk = "NOPE" })
            .ProblemAsync(HttpStatusCode.UnprocessableEntity);
        await company
            .AsCustomer.PostAsync($"{path}/move", new { desk = "NOPE" })
            .ProblemAsync(HttpStatusCode.Forbidden);

        Assert.Equal((long)before["version"]!, (long)(await company.AsAgent.GetAsync(path).OkAsync())["version"]!);
    }
}
