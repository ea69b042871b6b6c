using System.Diagnostics;
using System.Text.Json;

namespace Pipeline.Fuzz;

/// <summary>How the inputs of a target were taken.</summary>
/// <param name="Inputs">Their number.</param>
/// <param name="Refused">How many were refused in one sentence; the others were accepted.</param>
/// <param name="Failures">What was wrong with others: a line each.</param>
internal sealed record Fuzzed(int Inputs, int Refused, IReadOnlyList<string> Failures);

/// <summary>
/// Gives a target mutated inputs. It has to accept or refuse each within a second and a gigabyte, by no other exception than its own.
/// </summary>
/// <param name="folder">Where inputs are written; those that fail stay there.</param>
/// <param name="seed">Chooses the inputs.</param>
internal sealed class Fuzzing(string folder, int seed)
{
    private const int MostFailures = 5;
    private const long MostBytes = 1L << 30;
    private const int Tries = 3;
    private const int LongestSentence = 2000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    private long began;

    /// <summary>Gives inputs, one after the other.</summary>
    /// <param name="target">The target.</param>
    /// <param name="goesOn">Whether there is to be another one, by its number from 0.</param>
    public Fuzzed Run(FuzzTarget target, Func<int, bool> goesOn)
    {
        var path = Path.Combine(folder, target.Name, target.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (inputs, refused, failures) = (0, 0, new List<string>());
        var input = new FuzzInput(path, []);
        Volatile.Write(ref began, Stopwatch.GetTimestamp());
        // Of the size that threads have which the command starts.
        var thread = new Thread(() =>
        {
            for (; failures.Count < MostFailures && goesOn(inputs); inputs++)
            {
                input = new(path, Bytes(target, inputs));
                var failure = Failure(target, input, out var refusal);
                if (inputs < target.Seeds.Count && refusal is not null)
                    failure ??= $"it is right, and refused: {refusal}";
                if (failure is not null)
                    failures.Add(Kept(target, input, inputs, failure));
                refused += refusal is null ? 0 : 1;
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(100)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref began)) > Hang)
                return new(inputs, refused, [.. failures, Kept(target, input, inputs, "it hangs")]);
        }
        return new(inputs, refused, failures);
    }

    // First those that are right.
    private byte[] Bytes(FuzzTarget target, int number) =>
        number >= target.Seeds.Count ? new Mutator(target, new Random(unchecked((seed * 1_000_003) + number))).Next()
        : target.Seal is { } seal ? seal(target.Seeds[number])
        : target.Seeds[number];

    private string? Failure(FuzzTarget target, FuzzInput input, out string? refusal)
    {
        refusal = null;
        var wasSlow = "";
        // Who is slow once may have been kept from working.
        for (var tries = 0; tries < Tries; tries++)
        {
            Volatile.Write(ref began, Stopwatch.GetTimestamp());
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                target.Decode(input);
            }
            catch (Exception e) when (target.Refusals.Contains(e.GetType()))
            {
                refusal = e.Message;
                if (e is not JsonException && (e.Message.Length is 0 or > LongestSentence || e.Message.Contains('\n')))
                    return $"its message is no sentence: {e.Message}";
            }
            catch (Exception e)
            {
                return e.ToString();
            }
            var elapsed = Stopwatch.GetElapsedTime(began);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (allocated > MostBytes)
                return $"it allocates {allocated >> 20} MB";
            if (elapsed <= Longest)
                return null;
            wasSlow = $"it takes {elapsed.TotalSeconds:0.0} s";
        }
        return wasSlow;
    }

    private string Kept(FuzzTarget target, FuzzInput input, int number, string failure)
    {
        var kept = Path.Combine(folder, $"{target.Name}-{seed}-{number}");
        File.WriteAllBytes(kept, input.Bytes);
        return $"fuzz {target.Name}: input {number} of seed {seed}, {kept}: {failure}";
    }
}
