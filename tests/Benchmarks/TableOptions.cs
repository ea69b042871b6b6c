using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Benchmarks;

/// <summary>What a table is asked for.</summary>
/// <param name="Ids">The names of the rows, in order.</param>
/// <param name="Rounds">How often each engine is timed, at least 1.</param>
/// <param name="WithoutAvx512">Whether no engine may use AVX-512.</param>
/// <param name="WithTorchSharp">Whether the peers on TorchSharp, which may have to be fetched, take part in trainings.</param>
internal sealed record TableOptions(IReadOnlyList<string> Ids, int Rounds, bool WithoutAvx512, bool WithTorchSharp)
{
    private const string RoundsOption = "--rounds=";
    private const string WithoutAvx512Option = "--no-avx512";
    private const string WithoutTorchSharpOption = "--no-torchsharp";

    /// <summary>Reads the arguments; without an id all rows are meant.</summary>
    /// <exception cref="PipelineException">An argument is wrong.</exception>
    public static TableOptions Parse(IReadOnlyList<string> arguments, IReadOnlyList<string> ids)
    {
        var options = new TableOptions([], Rounds: 5, WithoutAvx512: false, WithTorchSharp: true);
        foreach (var argument in arguments)
        {
            options = argument switch
            {
                WithoutAvx512Option => options with { WithoutAvx512 = true },
                WithoutTorchSharpOption => options with { WithTorchSharp = false },
                _ when argument.StartsWith(RoundsOption, StringComparison.Ordinal) => options with
                {
                    Rounds = Count(argument),
                },
                _ => options with { Ids = [.. options.Ids, Known(argument, ids)] },
            };
        }
        return options.Ids.Count > 0 ? options : options with { Ids = ids };
    }

    private static int Count(string argument) =>
        int.TryParse(
            argument.AsSpan()[RoundsOption.Length..],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var rounds
        )
        && rounds > 0
            ? rounds
            : throw new PipelineException($"{argument} is not possible: give a whole number of rounds from 1 on.");

    private static string Known(string argument, IReadOnlyList<string> ids) =>
        ids.Contains(argument)
            ? argument
            : throw new PipelineException(
                $"There is no row or option '{argument}'{Nearest.Hint(argument, [RoundsOption, WithoutAvx512Option, WithoutTorchSharpOption, .. ids])}."
            );
}
