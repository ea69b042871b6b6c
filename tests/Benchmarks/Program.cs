using Pipeline.Artifacts;
using Pipeline.Benchmarks;

try
{
    switch (args)
    {
        case ["table", .. var rest]:
            return Table.Run(rest);
        case ["work", var id, var folder]:
            Console.WriteLine(new WorkFolder(folder, Works.Find(id)).TrainAndMeasure());
            return 0;
        case ["preprocess", .. var rest]:
            return PreprocessingTable.Run(rest);
        case ["prepare", var chain, var folder]:
            new PreparationFolder(folder).Prepare(chain);
            Console.WriteLine("prepared");
            Console.In.ReadToEnd();
            return 0;
        case ["step", var id]:
            StepTimes.Print(Works.Find(id));
            return 0;
        case ["growth", .. var rest]:
            return Growth.Run(rest);
        case ["kernels", .. var rest]:
            return KernelSwitcher.Run(rest);
        default:
            Console.Error.WriteLine(
                $"""
                table [<id>…] [--rounds=<n>] [--no-avx512] [--no-torchsharp]
                                                             times whole trainings beside PyTorch and TorchSharp; ids: {string.Join(
                    ", ",
                    Table.Ids
                )}
                work <id> <folder>                           our half of one round of table, in a folder that it has written
                preprocess [<id>…] [--rounds=<n>] [--no-avx512]
                                                             times preprocessing beside scikit-learn; ids: {string.Join(
                    ", ",
                    PreprocessingTable.Ids
                )}
                prepare <chain> <folder>                     our half of one round of preprocess, in a folder that it has written
                step <id>                                    where the time of a training step goes
                growth [--largest=<cells>]                   times the command on studies of 100 cells, of 1,000, and so on; 10,000 when not given
                kernels [<option>…]                          times single kernels with BenchmarkDotNet, which explains its options on --help
                """
            );
            return 1;
    }
}
catch (PipelineException e)
{
    Console.Error.WriteLine($"Error: {e.Message}");
    return 1;
}
