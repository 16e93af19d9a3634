using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Crm.Api;

/// <summary>Accounts, contacts, products and contracts over REST, under <c>/api/v1/plugins/crm</c>.</summary>
public static class CrmRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        Read(routes.MapGroup("").RequirePermission(CrmPlugin.SeePermission).MayFail(404));
        Write(
            routes
                .MapGroup("")
                .RequirePermission(CrmPlugin.EditPermission)
                .AnswersRepeats()
                .MayFail(400, 404, 409, 412, 422)
        );
        ContractFileRoutes.Map(routes);
        ImportRoutes.Map(routes);
        TicketCoverRoutes.Map(routes);
    }

    private static void Read(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/accounts",
                async (string? q, int? page, [AsParameters] Asking asked) =>
                    Results.Ok(
                        ListAnswer<AccountItem>.Of(
                            await asked.Reader.AccountsAsync(asked.Viewer, q, page ?? 1, asked.Cancellation),
                            one => one
                        )
                    )
            )
            .Produces<ListAnswer<AccountItem>>();
        routes.MapGet("/accounts/{account:long}", AccountAsync).Produces<AccountAnswer>();
        routes
            .MapGet(
                "/contacts",
                async (string? q, int? page, [AsParameters] Asking asked) =>
                    Results.Ok(
                        ListAnswer<ContactAnswer>.Of(
                            await asked.Reader.ContactsAsync(asked.Viewer, q, page ?? 1, asked.Cancellation),
                            ContactAnswer.Of
                        )
                    )
            )
            .Produces<ListAnswer<ContactAnswer>>();
        routes.MapGet("/contacts/{contact:long}", ContactAsync).Produces<ContactAnswer>();
        routes
            .MapGet(
                "/products",
                async (string? q, int? page, [AsParameters] Asking asked) =>
                    Results.Ok(
                        ListAnswer<ProductDetail>.Of(
                            await asked.Reader.ProductsAsync(asked.Viewer, q, page ?? 1, asked.Cancellation),
                            one => one
                        )
                    )
            )
            .Produces<ListAnswer<ProductDetail>>();
        routes.MapGet("/products/{product:long}", ProductAsync).Produces<ProductDetail>();
        routes.MapGet("/contracts", ContractsAsync).Produces<ListAnswer<ContractLine>>();
        routes.MapGet("/contracts/{contract:long}", ContractAsync).Produces<ContractAnswer>();
        routes.MapGet("/contracts/{contract:long}/ledger", LedgerAsync).Produces<LedgerAnswer>();
    }

    private static void Write(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost(
                "/accounts",
                (AccountBody body, AccountWriting writing, [AsParameters] Asking asked) =>
                    MadeAsync(
                        asked.Context,
                        body,
                        once => writing.SaveAsync(asked.Viewer, null, body.Input(), null, asked.Cancellation, once),
                        id => AccountAsync(id, asked)
                    )
            )
            .Produces<AccountAnswer>(StatusCodes.Status201Created);
        routes
            .MapPut(
                "/accounts/{account:long}",
                (long account, AccountBody body, AccountWriting writing, [AsParameters] Asking asked) =>
                    ChangedAsync(
                        writing.SaveAsync(asked.Viewer, account, body.Input(), body.Version, asked.Cancellation),
                        id => AccountAsync(id, asked)
                    )
            )
            .Produces<AccountAnswer>();
        routes
            .MapPost(
                "/contacts",
                (ContactBody body, ContactWriting writing, [AsParameters] Asking asked) =>
                    MadeAsync(
                        asked.Context,
                        body,
                        once => writing.SaveAsync(asked.Viewer, null, body.Input(), null, asked.Cancellation, once),
                        id => ContactAsync(id, asked)
                    )
            )
            .Produces<ContactAnswer>(StatusCodes.Status201Created);
        routes
            .MapPut(
                "/contacts/{contact:long}",
                (long contact, ContactBody body, ContactWriting writing, [AsParameters] Asking asked) =>
                    ChangedAsync(
                        writing.SaveAsync(asked.Viewer, contact, body.Input(), body.Version, asked.Cancellation),
                        id => ContactAsync(id, asked)
                    )
            )
            .Produces<ContactAnswer>();
        routes
            .MapPost(
                "/products",
                (ProductBody body, ProductWriting writing, [AsParameters] Asking asked) =>
                    MadeAsync(
                        asked.Context,
                        body,
                        once => writing.SaveAsync(asked.Viewer, null, body.Input(), null, asked.Cancellation, once),
                        id => ProductAsync(id, asked)
                    )
            )
            .Produces<ProductDetail>(StatusCodes.Status201Created);
        routes
            .MapPut(
                "/products/{product:long}",
                (long product, ProductBody body, ProductWriting writing, [AsParameters] Asking asked) =>
                    ChangedAsync(
                        writing.SaveAsync(asked.Viewer, product, body.Input(), body.Version, asked.Cancellation),
                        id => ProductAsync(id, asked)
                    )
            )
            .Produces<ProductDetail>();
        routes
            .MapPost(
                "/contracts",
                (ContractBody body, ContractWriting writing, [AsParameters] Asking asked) =>
                    MadeAsync(
                        asked.Context,
                        body,
                        once => writing.SaveAsync(asked.Viewer, null, body.Input(), null, asked.Cancellation, once),
                        id => ContractAsync(id, asked)
                    )
            )
            .Produces<ContractAnswer>(StatusCodes.Status201Created);
        routes
            .MapPut(
                "/contracts/{contract:long}",
                (long contract, ContractBody body, ContractWriting writing, [AsParameters] Asking asked) =>
                    ChangedAsync(
                        writing.SaveAsync(asked.Viewer, contract, body.Input(), body.Version, asked.Cancellation),
                        id => ContractAsync(id, asked)
                    )
            )
            .Produces<ContractAnswer>();
        routes
            .MapPut(
                "/contracts/{contract:long}/state",
                (long contract, StateBody body, ContractWriting writing, [AsParameters] Asking asked) =>
                    ChangedAsync(
                        writing.MoveAsync(
                            asked.Viewer,
                            contract,
                            ContractBody.Word<ContractState>(body.State, default),
                            asked.Cancellation
                        ),
                        id => ContractAsync(id, asked)
                    )
            )
            .Produces<ContractAnswer>();
        routes
            .MapPost("/contracts/{contract:long}/ledger", CorrectAsync)
            .Produces<LedgerAnswer>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> AccountAsync(long account, [AsParameters] Asking asked) =>
        await asked.Reader.AccountAsync(asked.Viewer, account, asked.Cancellation) is { } found
            ? Results.Ok(AccountAnswer.Of(found))
            : Missing("crm.refusal.no-account", account);

    private static async Task<IResult> ContactAsync(long contact, [AsParameters] Asking asked) =>
        await asked.Reader.ContactAsync(asked.Viewer, contact, asked.Cancellation) is { } found
            ? Results.Ok(ContactAnswer.Of(found))
            : Missing("crm.refusal.no-contact", contact);

    private static async Task<IResult> ProductAsync(long product, [AsParameters] Asking asked) =>
        await asked.Reader.ProductAsync(asked.Viewer, product, asked.Cancellation) is { } found
            ? Results.Ok(found)
            : Missing("crm.refusal.no-product", product);

    private static async Task<IResult> ContractsAsync(string? q, string? state, int? page, [AsParameters] Asking asked)
    {
        var wanted = string.IsNullOrEmpty(state)
            ? default(ContractState?)
            : ContractBody.Word<ContractState>(state, default);
        var listing = await asked.Reader.ContractsAsync(
            asked.Viewer,
            new ContractFilter(q ?? "", wanted),
            page ?? 1,
            asked.Cancellation
        );
        return Results.Ok(ListAnswer<ContractLine>.Of(listing, ContractLine.Of));
    }

    private static async Task<IResult> ContractAsync(long contract, [AsParameters] Asking asked) =>
        await asked.Reader.ContractAsync(asked.Viewer, contract, asked.Cancellation) is { } found
            ? Results.Ok(ContractAnswer.Of(found))
            : Missing("crm.refusal.no-contract", contract);

    private static async Task<IResult> LedgerAsync(long contract, [AsParameters] Asking asked) =>
        await asked.Reader.ContractAsync(asked.Viewer, contract, asked.Cancellation) is { } found
            ? Results.Ok(
                new LedgerAnswer(
                    found.Budget is { } budget ? BudgetAnswer.Of(budget.Balance, budget.WhenSpent) : null,
                    [.. found.Ledger.Select(EntryAnswer.Of)]
                )
            )
            : Missing("crm.refusal.no-contract", contract);

    private static Task<IResult> CorrectAsync(
        long contract,
        CorrectionBody body,
        LedgerWriting writing,
        [AsParameters] Asking asked
    ) =>
        MadeAsync(
            asked.Context,
            body,
            once =>
                writing.CorrectAsync(
                    asked.Viewer,
                    contract,
                    body.Amount,
                    body.Note,
                    body.Corrects,
                    asked.Cancellation,
                    once
                ),
            _ => LedgerAsync(contract, asked)
        );

    // What was made is answered with 201 and the record, also when the request is repeated with its key.
    internal static async Task<IResult> MadeAsync(
        HttpContext context,
        object body,
        Func<Once?, Task<Written>> make,
        Func<long, Task<IResult>> answer
    )
    {
        var once = context.Request.Headers[RequestRepeats.Header] is [{ Length: > 0 } key]
            ? new Once(key, new { context.Request.Path.Value, Body = body })
            : null;
        var made = await make(once);
        if (!made.IsDone)
        {
            return new RefusedResult(made.Refusals);
        }

        return await answer(made.Id) is IValueHttpResult { Value: { } value }
            ? Results.Created(string.Create(CultureInfo.InvariantCulture, $"{context.Request.Path}/{made.Id}"), value)
            : Results.NoContent();
    }

    private static async Task<IResult> ChangedAsync(Task<Written> change, Func<long, Task<IResult>> answer)
    {
        var changed = await change;
        return changed.IsDone ? await answer(changed.Id) : new RefusedResult(changed.Refusals);
    }

    internal static RefusedResult Missing(string code, long id) => new([Refusal.NotFound(code, $"{id}")]);
}

/// <summary>What every route looks at.</summary>
internal sealed record Asking(CrmReader Reader, HttpContext Context, CancellationToken Cancellation)
{
    /// <summary>Who asks.</summary>
    public Viewer Viewer => Context.CurrentViewer()!;
}
