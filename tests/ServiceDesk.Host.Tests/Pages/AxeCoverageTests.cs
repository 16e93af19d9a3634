using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>Every page of the running table is looked at by axe: it stands in a list of addresses of the browser's stories, or here with a reason.</summary>
[Collection(CompanyTests.Name)]
public sealed partial class AxeCoverageTests(SmallCompany company)
{
    private const string Part = "a part of other pages, which nobody opens by itself";
    private const string Onward = "leads on at once";
    private const string Named = "its list names it by what the story made";

    /// <summary>Pages that stand in no list, and why.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/"] = Onward,
        ["/workspace/jump"] = Onward,
        ["/error/{status:int}"] = "shown for an address that leads nowhere, which is in the lists",
        ["/account/invitation"] = "InvitationStories look at it: its address is used once",
        ["/account/setup"] = "SetupStories look at it: it is there before the first administrator alone",
        ["/administration/sla/backtests/{id:long}"] = "SlaTrialStories look at it",
        ["/administration/sla/backtests/{id:long}/tickets"] = "SlaTrialStories look at it",
        ["/administration/sla/backtests/{id:long}/tickets/{key}"] = "SlaTrialStories look at it",
        ["/administration/sla/drafts/{kind}/{id}"] = "SlaTrialStories look at it",
        ["/portal/statement/requests"] = "AgreementStories look at it, from the statement",
        ["/workspace/bulk/{id:long}"] = "BulkStories look at it",
        ["/workspace/own/{id:long}"] = "QueueStories look at it",
        ["/workspace/tickets/{key}/redact"] = "FileStories look at it",
        ["/administration/team/{id:long}"] = Named,
        ["/plugins/crm/account"] = Named,
        ["/plugins/crm/contract"] = Named,
        ["/plugins/crm/editcontract"] = Named,
        ["/plugins/links/candidates"] = Part,
        ["/portal/people"] = Part,
        ["/workspace/builder"] = Part,
        ["/workspace/complete"] = Part,
        ["/workspace/count"] = Part,
        ["/workspace/people"] = Part,
        ["/workspace/organizations"] = Part,
        ["/workspace/side"] = Part,
        ["/workspace/tickets/{key}/merge/targets"] = Part,
    };

    [Fact]
    public void Every_page_is_in_a_list_of_addresses_or_has_a_reason()
    {
        var pages = company
            .App.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        var seen = Seen();
        Assert.True(seen.Count > 100, $"{seen.Count} addresses");

        Assert.Equal("", string.Join('\n', Unseen(pages, seen)));
        // What has gone, or is in a list by now, needs no reason.
        var needless = Elsewhere
            .Keys.Except(pages, StringComparer.OrdinalIgnoreCase)
            .Concat(Elsewhere.Keys.Where(page => seen.Exists(one => Matches(page, one))));
        Assert.Empty(needless);
    }

    [Fact]
    public void A_planted_page_is_told_by_name() =>
        Assert.Equal(["/planted/{id}"], Unseen(["/planted/{id}", "/portal"], ["/portal"]));

    [Theory]
    [InlineData("/workspace/tickets/{key}", "/workspace/tickets/*", true)]
    [InlineData("/workspace/tickets/{key}", "/workspace/tickets/*/edit", false)]
    [InlineData("/administration/queue/{id?}", "/administration/queue", true)]
    [InlineData("/administration/queue/{id?}", "/administration/queue/itsd-open", true)]
    [InlineData("/workspace/own/{id:long}", "/workspace/own/edit", false)]
    [InlineData("/plugins/crm/Account", "/plugins/crm/account", true)]
    public void An_address_is_of_a_page_when_the_table_would_lead_there(string page, string address, bool isOf) =>
        Assert.Equal(isOf, Matches(page, address));

    private static IEnumerable<string> Unseen(IEnumerable<string> pages, List<string> seen) =>
        pages
            .Where(page => !Elsewhere.ContainsKey(page) && !seen.Exists(one => Matches(page, one)))
            .Order(StringComparer.Ordinal);

    // Segments of an address that a story fills in stand for any.
    private static bool Matches(string page, string address)
    {
        var (pattern, path) = (page.Trim('/').Split('/'), address.Trim('/').Split('/'));
        return path.Length <= pattern.Length
            && pattern.Skip(path.Length).All(segment => segment.EndsWith("?}", StringComparison.Ordinal))
            && pattern.Zip(path).All(pair => IsOf(pair.First, pair.Second));
    }

    private static bool IsOf(string segment, string given) =>
        segment.StartsWith('{')
            ? given.Length > 0
                && (!NumberSegment().IsMatch(segment) || given.All(one => char.IsDigit(one) || one == '*'))
            : segment.Equals(given, StringComparison.OrdinalIgnoreCase);

    private static List<string> Seen([CallerFilePath] string file = "")
    {
        var stories = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "Browser.Tests"));
        return
        [
            .. Directory
                .EnumerateFiles(stories, "*.cs", SearchOption.AllDirectories)
                .SelectMany(path => Lists().Matches(File.ReadAllText(path)).Select(match => match.Value))
                .SelectMany(list => Addresses().Matches(list).Select(match => match.Groups["path"].Value))
                .Select(path => Filled().Replace(path, "*"))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(@"AtAllAsync\(.*?\);", RegexOptions.Singleline, 1000)]
    private static partial Regex Lists();

    [GeneratedRegex("\"(?<path>/[^\"?]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Filled();

    [GeneratedRegex(":(long|int)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberSegment();
}
