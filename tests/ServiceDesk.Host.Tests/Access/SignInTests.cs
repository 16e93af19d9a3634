using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Tests.Access;

public class SignInTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Fact]
    public async Task The_right_password_signs_in_and_the_cookie_opens_pages_but_not_the_api()
    {
        var (outcome, cookie) = await SignInAsync(company.Customer.Email.ToUpperInvariant(), ServerUnderTest.Password);
        Assert.Equal(SignInOutcome.SignedIn, outcome);
        Assert.Contains("httponly", cookie!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie!, StringComparison.OrdinalIgnoreCase);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/desks");
        request.Headers.Add("Cookie", cookie!.Split(';')[0]);
        await company.Client().SendAsync(request).ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("kim.customer@example.com", "wrong password here")]
    [InlineData("nobody@example.com", ServerUnderTest.Password)]
    [InlineData("", "")]
    [InlineData("kim.customer@example.com", "")]
    public async Task Anything_else_is_refused_alike(string email, string password)
    {
        var (outcome, cookie) = await SignInAsync(email, password);

        Assert.Equal(SignInOutcome.Refused, outcome);
        Assert.Null(cookie);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_fifteen_minutes()
    {
        var person = await company.PersonAsync("Locked Out", "customer");
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await SignInAsync(person.Email, "wrong password here");
        }

        Assert.Equal(SignInOutcome.Refused, (await SignInAsync(person.Email, ServerUnderTest.Password)).Outcome);
    }

    [Fact]
    public async Task A_deactivated_person_cannot_sign_in()
    {
        var person = await company.PersonAsync("Left Company", "agent");
        await company
            .Get<Storage.People.IPeopleStore>()
            .UpdateAsync(person.Id, new Storage.People.PersonChange { IsActive = false });

        Assert.Equal(SignInOutcome.Refused, (await SignInAsync(person.Email, ServerUnderTest.Password)).Outcome);
    }

    [Fact]
    public async Task A_page_asks_a_stranger_to_sign_in_and_comes_back_to_it()
    {
        using var response = await company.Client().GetAsync("/portal");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith(
            $"http://localhost{AccessStage.SignInPath}?returnUrl=",
            response.Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_own_password_is_changed_with_the_present_one_only()
    {
        var person = await company.PersonAsync("Changes Password", "customer");

        Assert.Equal(
            ["access.password-wrong"],
            (await ChangeAsync(person, "not it at all", "a whole new password")).Select(refusal => refusal.Code)
        );
        Assert.Equal(
            ["accounts.password-too-short"],
            (await ChangeAsync(person, ServerUnderTest.Password, "short")).Select(refusal => refusal.Code)
        );
        Assert.Empty(await ChangeAsync(person, ServerUnderTest.Password, "a whole new password"));
        Assert.Equal(SignInOutcome.Refused, (await SignInAsync(person.Email, ServerUnderTest.Password)).Outcome);
        Assert.Equal(SignInOutcome.SignedIn, (await SignInAsync(person.Email, "a whole new password")).Outcome);
    }

    private async Task<IReadOnlyList<Sdk.Tickets.Refusal>> ChangeAsync(Person person, string current, string password)
    {
        await using var scope = company.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = Context(scope.ServiceProvider);
        return await scope
            .ServiceProvider.GetRequiredService<ISignIn>()
            .ChangePasswordAsync(person.Id, current, password);
    }

    private async Task<(SignInOutcome Outcome, string? Cookie)> SignInAsync(string email, string password)
    {
        await using var scope = company.App.Services.CreateAsyncScope();
        var context = Context(scope.ServiceProvider);
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var outcome = await scope
            .ServiceProvider.GetRequiredService<ISignIn>()
            .SignInAsync(email, password, remember: true);
        var cookie = context.Response.Headers.SetCookie.FirstOrDefault(value =>
            value!.StartsWith("servicedesk=", StringComparison.Ordinal)
        );
        return (outcome, cookie);
    }

    private static DefaultHttpContext Context(IServiceProvider services) => new() { RequestServices = services };
}
