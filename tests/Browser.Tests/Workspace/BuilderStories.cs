using Browser.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests.Workspace;

[Collection(nameof(Company))]
public sealed class BuilderStories(Company company) : Stories(company)
{
    [Theory]
    [InlineData("en", "Add a condition", "Status", "Priority", "is one of", "High")]
    [InlineData("ko", "조건 추가", "상태", "우선순위", "다음 중 하나", "높음")]
    public async Task A_query_is_built_of_rows_and_read_back(
        string language,
        string add,
        string status,
        string priority,
        string oneOf,
        string high
    )
    {
        var page = await Company.OpenAsync(Company.Rosa, language);
        await page.GotoAsync(
            "/workspace/own/edit?query=" + Uri.EscapeDataString("assignee = currentUser() ORDER BY created")
        );
        var query = page.Locator("#in-query");
        await page.Locator(".builder summary").PressAsync("Enter");
        await Expect(page.Locator("#b-v-0-0")).ToHaveValueAsync("currentUser()");

        await page.GetByRole(AriaRole.Button, new() { Name = add }).PressAsync("Enter");
        await Expect(page.Locator("#b-f-1")).ToBeFocusedAsync();
        await Expect(page.Locator("#b-f-1 option:checked")).ToHaveTextAsync(status);
        await page.Locator("#b-f-1").SelectOptionAsync(new SelectOptionValue { Label = priority });
        await Expect(page.Locator("#b-v-1-0 option[value=high]")).ToHaveTextAsync(high);
        await page.Locator("#b-o-1").SelectOptionAsync(new SelectOptionValue { Label = oneOf });
        await page.Locator("#b-v-1-high").PressAsync("Space");
        await page.Locator("#b-v-1-critical").PressAsync("Space");
        await Expect(query)
            .ToHaveValueAsync("assignee = currentUser() AND priority IN (high, critical) ORDER BY created");
        await Looking.AtThisAsync(page, "the builder");

        await page.Locator("#b-x-0").PressAsync("Enter");
        await Expect(query).ToHaveValueAsync("priority IN (high, critical) ORDER BY created");
        await query.FillAsync("summary ~ vpn OR summary ~ wifi");
        await Expect(page.Locator("#b-any")).ToHaveValueAsync("true");
        await Expect(page.Locator("#b-v-1-0")).ToHaveValueAsync("wifi");
        await page.Locator("#b-v-1-0").FillAsync("wireless lan");
        await Expect(query).ToHaveValueAsync("summary ~ vpn OR summary ~ \"wireless lan\"");
        await Expect(page.Locator("#b-v-1-0")).ToBeFocusedAsync();

        await query.FillAsync("NOT status = new");
        await Expect(page.Locator(".builder-none")).ToBeVisibleAsync();
        await Expect(query).ToHaveValueAsync("NOT status = new");
        await Looking.AtThisAsync(page, "a query that rows cannot show");
    }

    [Fact]
    public async Task A_queue_is_saved_with_rows_whose_query_is_still_being_written()
    {
        var page = await Company.OpenAsync(Company.Rosa);
        await page.GotoAsync("/workspace/own/edit?query=" + Uri.EscapeDataString("assignee = currentUser()"));
        await page.Locator("#in-name").FillAsync("Saved at once");
        await page.Locator(".builder summary").PressAsync("Enter");
        await Expect(page.Locator("#b-v-0-0")).ToHaveValueAsync("currentUser()");
        var arrive = new TaskCompletionSource();
        await page.RouteAsync(
            url => url.Contains("builder", StringComparison.OrdinalIgnoreCase),
            async route =>
            {
                await arrive.Task;
                await route.ContinueAsync();
            }
        );
        await page.Locator("#b-o-0").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("main .button-primary").First.ClickAsync();
        arrive.SetResult();
        await page.WaitForURLAsync(url => !url.Contains("/edit", StringComparison.Ordinal));
        await page.GotoAsync($"/workspace/own/edit/{new Uri(page.Url).Segments[^1]}");
        await Expect(page.Locator("#in-query")).ToHaveValueAsync("assignee != currentUser()");
    }
}
