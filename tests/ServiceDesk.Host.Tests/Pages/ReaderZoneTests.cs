using AngleSharp.Html.Parser;
using NodaTime;
using NodaTime.Text;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>Each reader sees the same moment in the own zone and language.</summary>
public sealed class ReaderZoneTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Theory]
    [InlineData("Asia/Seoul", "ko", "uuuu'년' M'월' d'일' '('ddd')' HH':'mm")]
    [InlineData("America/New_York", "en", "ddd, d MMM uuuu, HH':'mm")]
    [InlineData("Asia/Kathmandu", "en", "ddd, d MMM uuuu, HH':'mm")]
    [InlineData("UTC", "en", "ddd, d MMM uuuu, HH':'mm")]
    public async Task A_page_tells_moments_in_its_readers_zone(string zone, string language, string pattern)
    {
        var address = await company.OpenAsync("When was it?");
        var key = address.Split('/')[^1];
        var opened = InstantPattern
            .ExtendedIso.Parse((string)(await company.AsAgent.GetAsync(address).OkAsync())["createdAt"]!)
            .Value;
        await company
            .Get<IPeopleStore>()
            .UpdateAsync(company.Customer.Id, new PersonChange { Zone = zone, Language = language });
        var reader = BrowserSession.Of(company);
        await reader.SignInAsync(company.Customer.Email);

        var answer = await Answer.OfAsync(reader.GetAsync($"/portal/requests/{key}"));

        var page = new HtmlParser().ParseDocument(answer.Body);
        var told = page.QuerySelector($"time[datetime='{InstantPattern.General.Format(opened)}']");
        var local = opened.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
        var culture = System.Globalization.CultureInfo.GetCultureInfo(language);
        Assert.Equal(
            $"{LocalDateTimePattern.Create(pattern, culture).Format(local)} ({zone})",
            told?.GetAttribute("title")
        );
    }
}
